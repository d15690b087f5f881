import {
  type Command,
  type CommandOf,
  type CommandType,
  cleanText,
  type Envelope,
  EVERYWHERE,
  isPairRoom,
  isProblem,
  LOBBY,
  mentionable,
  nickKey,
  nickOfPlace,
  type Ref,
  roomName,
  skeleton,
} from '@partyline/protocol';
import type { Grant } from '../people/bot.ts';
import type { WatchKey } from '../store/watches/rows.ts';
import { OPERATOR } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { nameKeyOf } from './moderation/subject.ts';
import { sessionOf } from './token.ts';
import type { Task, Work } from './work.ts';

/** An event that something refers to; `reaction` when a session reacts with it. */
export type Reference = {
  readonly room: string;
  readonly ref: Ref | undefined;
  readonly reaction?: { readonly session: string; readonly text: string };
};

/** What the decisions of a batch will ask about, as far as its works tell. */
export type Needs = {
  readonly instances: Set<string>;
  readonly sessions: Set<string>;
  readonly accounts: Set<string>;
  readonly lockouts: Set<string>;
  /** Fingerprints. */
  readonly certificates: Set<string>;
  readonly hooks: Set<string>;
  readonly watches: WatchKey[];
  /** Names. */
  readonly tokens: Set<string>;
  /** Keys of nicks. */
  readonly names: Set<string>;
  /** What nicks that somebody asks for look like. */
  readonly skeletons: Set<string>;
  readonly rooms: Set<string>;
  /** Publishes that may be repeats, by a session, a service or a bot. */
  readonly publishes: {
    room: string;
    id: string;
    by: { session: string } | { instance: string } | { person: string };
  }[];
  /** Private publishes, whose room depends on who holds a nick. */
  readonly privates: {
    session: string;
    nameKey: string;
    id: string;
    ref: Ref | undefined;
    reaction?: Reference['reaction'];
  }[];
  readonly references: Reference[];
  /** Sessions that want into a room, which may be private, and may be banned there. */
  readonly entrances: { room: string; session: string }[];
  /** Sessions that begin or come back: what they are in every room is told. */
  readonly arrivals: Set<string>;
  /** Nicks of those who are invited to a room, or no longer. */
  readonly invitations: { room: string; nameKey: string }[];
  /** Who says how far they have read which room. */
  readonly marks: { session: string; room: string }[];
  /** Sessions that use slash commands: whether they run the server. */
  readonly callers: Set<string>;
  /** Who says something where: whether they may. */
  readonly speakers: { session: string; room: string }[];
  /** Who does something to whom, and where. */
  readonly deeds: { session: string; room: string; nameKey?: string }[];
  /** Publishes that may have done something already. */
  readonly done: { session: string; by: string; id: string }[];
  /** Sessions come in somewhere, or are called otherwise: whether they are kept out. */
  doors: boolean;
  /** Sessions come, go or change names: who else is the same person matters, and who is online. */
  people: boolean;
  everyInstance: boolean;
  everyWatch: boolean;
  /** Something is written down that is no deed in a room. */
  audit: boolean;
};

const addRoom = (needs: Needs, asked: string): string | undefined => {
  const room = isPairRoom(asked) ? asked : roomName(asked);
  if (isProblem(room)) return undefined;
  needs.rooms.add(room);
  return room;
};

const addEntrance = (needs: Needs, session: string, asked: string): void => {
  const room = addRoom(needs, asked);
  if (room !== undefined) needs.entrances.push({ room, session });
};

/** Somebody (or a session) is concerned by what a moderator does. */
const addDeed = (needs: Needs, session: string, asked: string, nameKey?: string): void => {
  const room = asked === EVERYWHERE ? EVERYWHERE : addRoom(needs, asked);
  if (room === undefined) return;
  if (nameKey !== undefined) needs.names.add(nameKey);
  needs.deeds.push({ session, room, ...(nameKey !== undefined && { nameKey }) });
  needs.people = true;
};

/** Whoever may be mentioned. */
const addText = (needs: Needs, text: string): void => {
  for (const nick of mentionable(cleanText(text)).flat()) needs.names.add(nickKey(nick));
};

/** What a bot says: it is known by its grant, and held to what a person is. */
const addOfBot = (needs: Needs, grant: Grant, { id, command }: Envelope): void => {
  if (command.type !== 'announce') return;
  const room = addRoom(needs, command.room);
  if (room === undefined) return;
  const { bot: session, nick } = grant;
  needs.publishes.push({ room, id, by: { person: session } });
  needs.speakers.push({ room, session });
  needs.entrances.push({ room, session });
  needs.doors = true;
  addText(needs, command.text);
  if (nickKey(command.nick) === nickKey(nick)) return;
  needs.names.add(nickKey(command.nick));
  needs.skeletons.add(skeleton(command.nick));
  needs.people = true;
};

/** Something about what two people wrote to each other, by the nick of one; whether it is that. */
const addBetween = (
  needs: Needs,
  id: string,
  session: string,
  command: CommandOf<'say' | 'topic' | 'edit' | 'delete' | 'react' | 'mark'>,
): boolean => {
  if (isPairRoom(command.room)) needs.people = true;
  const nick = nickOfPlace(command.room);
  if (nick === undefined) return false;
  const nameKey = nickKey(nick);
  needs.names.add(nameKey);
  needs.people = true;
  const ref = 'ref' in command ? command.ref : undefined;
  const reaction =
    command.type === 'react' ? { reaction: { session, text: cleanText(command.text) } } : {};
  needs.privates.push({ session, nameKey, id, ref, ...reaction });
  if (command.type === 'edit') addText(needs, command.text);
  return true;
};

/** What is written down when it is done, and by whom. */
const deeds: ReadonlySet<CommandType> = new Set<CommandType>([
  ...(['kick', 'remove', 'ban', 'unban', 'mute', 'unmute'] as const),
  ...(['slow', 'role', 'configure', 'invite', 'watch', 'unwatch'] as const),
]);

const addEnvelope = (needs: Needs, by: string, { id, session, command }: Envelope): void => {
  needs.sessions.add(session);
  // Whatever is done over the admin API is written down.
  if (by === OPERATOR) needs.audit = true;
  if (deeds.has(command.type)) needs.done.push({ session, by, id });
  switch (command.type) {
    case 'say':
    case 'topic':
    case 'edit':
    case 'delete':
    case 'react': {
      if (addBetween(needs, id, session, command)) break;
      const room = addRoom(needs, command.room);
      if (room === undefined) break;
      const publisher = by === OPERATOR ? { person: OPERATOR } : { session };
      needs.publishes.push({ room, id, by: publisher });
      needs.speakers.push({ room, session });
      if (command.type === 'delete' && !isPairRoom(room)) addDeed(needs, session, room);
      if (command.type === 'say' || command.type === 'edit') addText(needs, command.text);
      if ('ref' in command && command.ref !== undefined) {
        const { ref } = command;
        if (command.type !== 'react') needs.references.push({ room, ref });
        else {
          const text = cleanText(command.text);
          needs.references.push({ room, ref, reaction: { session, text } });
        }
      }
      break;
    }
    case 'upload': {
      const nick = nickOfPlace(command.room);
      if (nick !== undefined) {
        const nameKey = nickKey(nick);
        needs.names.add(nameKey);
        needs.privates.push({ session, nameKey, id, ref: undefined });
        needs.people = true;
        break;
      }
      const room = addRoom(needs, command.room);
      if (room !== undefined) needs.speakers.push({ room, session });
      break;
    }
    case 'share': {
      const { room, text } = command;
      const to = nickOfPlace(room);
      const said: Command =
        to === undefined ? { type: 'say', room, text } : { type: 'private', to, text };
      addEnvelope(needs, by, { id, session, command: said });
      break;
    }
    case 'mark': {
      needs.people = true;
      const isBetween = addBetween(needs, id, session, command);
      const room = isBetween ? command.room : addRoom(needs, command.room);
      if (room !== undefined) needs.marks.push({ session, room });
      break;
    }
    case 'announce': {
      const room = addRoom(needs, command.room);
      if (room !== undefined) needs.publishes.push({ room, id, by: { instance: by } });
      addText(needs, command.text);
      break;
    }
    case 'typing':
      addRoom(needs, command.room);
      break;
    case 'invoke': {
      const room = addRoom(needs, command.room);
      if (room !== undefined) needs.speakers.push({ room, session });
      needs.callers.add(session);
      needs.everyInstance = true;
      break;
    }
    case 'private': {
      const nameKey = nickKey(command.to);
      needs.names.add(nameKey);
      needs.privates.push({ session, nameKey, id, ref: command.ref });
      addText(needs, command.text);
      needs.people = true;
      break;
    }
    case 'open':
      needs.names.add(nickKey(command.nick));
      needs.skeletons.add(skeleton(command.nick));
      needs.entrances.push({ session, room: EVERYWHERE });
      needs.arrivals.add(session);
      for (const room of command.rooms ?? [LOBBY]) addEntrance(needs, session, room);
      needs.doors = true;
      needs.people = true;
      break;
    case 'rename':
      needs.names.add(nickKey(command.nick));
      needs.skeletons.add(skeleton(command.nick));
      needs.doors = true;
      needs.people = true;
      break;
    case 'join':
      addEntrance(needs, session, command.room);
      needs.doors = true;
      needs.people = true;
      break;
    case 'invite': {
      const room = addRoom(needs, command.room);
      const nameKey = nickKey(command.nick);
      if (room !== undefined) needs.invitations.push({ room, nameKey });
      addDeed(needs, session, command.room, nameKey);
      break;
    }
    case 'part':
      addRoom(needs, command.room);
      needs.people = true;
      break;
    case 'resume':
      needs.sessions.add(sessionOf(command.token));
      needs.arrivals.add(sessionOf(command.token));
      needs.doors = true;
      needs.people = true;
      break;
    case 'kick':
      needs.sessions.add(command.target);
      addDeed(needs, session, EVERYWHERE);
      break;
    case 'remove':
    case 'mute':
    case 'unmute':
    case 'role':
      addDeed(needs, session, command.room, nickKey(command.nick));
      break;
    case 'ban':
    case 'unban':
      addDeed(needs, session, command.room, nameKeyOf(command.who));
      break;
    case 'configure':
      addDeed(needs, session, command.room);
      if (command.visibility === 'private') needs.everyInstance = true;
      break;
    case 'watch':
    case 'unwatch':
    case 'watches': {
      addDeed(needs, session, command.room);
      const room = roomName(command.room);
      if (command.type !== 'watches' && !isProblem(room))
        needs.watches.push({ room, name: command.name, types: command.types });
      needs.everyWatch = true;
      break;
    }
    case 'observe': {
      const room = addRoom(needs, command.room);
      if (room === undefined) break;
      const { name, types, news } = command;
      needs.watches.push({ room, name, types });
      needs.publishes.push({ room, id, by: { instance: by } });
      if (news !== undefined) addText(needs, news.text);
      break;
    }
    case 'slow':
    case 'bans':
      addDeed(needs, session, command.room);
      break;
    case 'away':
    case 'back':
    case 'setname':
    case 'close':
    case 'detach':
      needs.people = true;
      break;
  }
};

const addEvidence = (needs: Needs, evidence: Evidence): void => {
  if ('certificate' in evidence) needs.certificates.add(evidence.certificate);
};

const addTask = (needs: Needs, task: Task): void => {
  switch (task.type) {
    case 'hello':
      needs.instances.add(task.instance);
      for (const session of task.hello.sessions) needs.sessions.add(session);
      if (task.grant !== undefined) {
        for (const room of task.hello.rooms) addRoom(needs, room);
        needs.everyInstance = true;
      }
      needs.doors = true;
      needs.people = true;
      break;
    case 'leave':
      needs.instances.add(task.instance);
      needs.people = true;
      break;
    case 'attach':
      needs.instances.add(task.instance);
      needs.people = true;
      break;
    case 'lapse':
      needs.instances.add(task.instance);
      break;
    case 'renew':
      for (const instance of task.instances) needs.instances.add(instance);
      break;
    case 'wake':
      needs.everyInstance = true;
      break;
    case 'sweep':
      needs.everyInstance = true;
      needs.people = true;
      break;
    case 'mistake':
      for (const key of task.keys) needs.lockouts.add(key);
      break;
    case 'forgive':
      needs.lockouts.add(task.key);
      break;
    case 'login':
      needs.instances.add(task.instance);
      needs.sessions.add(task.session);
      needs.accounts.add(task.account);
      addEvidence(needs, task.evidence);
      needs.arrivals.add(task.session);
      for (const room of task.rooms ?? [LOBBY]) {
        needs.rooms.add(room);
        // Not yet the account's, the session may be invited as either.
        for (const session of [task.session, task.account]) needs.entrances.push({ room, session });
      }
      needs.doors = true;
      needs.people = true;
      break;
    case 'employ': {
      const { account, nameKey, nick } = task.account;
      needs.accounts.add(account);
      needs.names.add(nameKey);
      needs.skeletons.add(skeleton(nick));
      needs.audit = true;
      needs.people = true;
      break;
    }
    case 'retoken':
    case 'dismiss':
      needs.accounts.add(task.account);
      needs.everyInstance = true;
      needs.audit = true;
      break;
    case 'mint':
    case 'annul':
      needs.tokens.add(task.type === 'mint' ? task.token.name : task.name);
      needs.audit = true;
      break;
    case 'noted':
      needs.audit = true;
      break;
    case 'hook':
      needs.hooks.add(task.hook);
      needs.audit = true;
      break;
    case 'look':
      for (const { watch } of task.looks) needs.watches.push(watch);
      break;
    case 'deployment':
      needs.everyWatch = true;
      for (const name of task.names) needs.watches.push({ room: task.room, name, types: '' });
      break;
    case 'delivered':
      for (const { hook } of task.cursors) needs.hooks.add(hook);
      break;
    case 'reset':
    case 'expel':
    case 'forget':
      needs.accounts.add(task.account);
      needs.audit = true;
      needs.people = true;
      break;
    case 'certify':
    case 'decertify':
      needs.sessions.add(task.session);
      needs.certificates.add(task.fingerprint);
      break;
    case 'revoke':
      needs.accounts.add(task.account);
      needs.certificates.add(task.fingerprint);
      needs.audit = true;
      break;
    case 'used':
      needs.accounts.add(task.account);
      break;
    case 'register':
    case 'identify':
      if (task.type === 'identify') addEvidence(needs, task.evidence);
      needs.sessions.add(task.session);
      needs.accounts.add(task.account);
      needs.doors = true;
      needs.people = true;
      break;
  }
};

export const needsOf = (works: readonly Work[]): Needs => {
  const needs: Needs = {
    ...{ instances: new Set(), sessions: new Set(), accounts: new Set(), names: new Set() },
    ...{ skeletons: new Set(), rooms: new Set(), publishes: [], privates: [], references: [] },
    certificates: new Set(),
    ...{
      lockouts: new Set(),
      hooks: new Set(),
      tokens: new Set(),
      entrances: [],
      invitations: [],
      watches: [],
    },
    ...{ marks: [], callers: new Set(), speakers: [], deeds: [], arrivals: new Set(), done: [] },
    ...{ doors: false, people: false, everyInstance: false, everyWatch: false, audit: false },
  };
  for (const work of works)
    if (work.type === 'publish') {
      if (work.grant !== undefined) {
        addOfBot(needs, work.grant, work.envelope);
        continue;
      }
      needs.instances.add(work.by);
      addEnvelope(needs, work.by, work.envelope);
    } else addTask(needs, work);
  return needs;
};
