import {
  type Envelope,
  isPairRoom,
  isProblem,
  LOBBY,
  nickKey,
  roomName,
  skeleton,
} from '@partyline/protocol';
import { sessionOf } from './token.ts';
import type { Task, Work } from './work.ts';

/** What the decisions of a batch will ask about, as far as its works tell. */
export type Needs = {
  readonly instances: Set<string>;
  readonly sessions: Set<string>;
  readonly accounts: Set<string>;
  /** Keys of nicks. */
  readonly names: Set<string>;
  /** What nicks that somebody asks for look like. */
  readonly skeletons: Set<string>;
  readonly rooms: Set<string>;
  /** Publishes that may be repeats, by a session or by a service. */
  readonly publishes: {
    room: string;
    id: string;
    by: { session: string } | { instance: string };
  }[];
  /** Private publishes, whose room depends on who holds a nick. */
  readonly privates: { session: string; nameKey: string; id: string }[];
  /** Sessions that want into a room, which may be private. */
  readonly entrances: { room: string; session: string }[];
  /** Nicks of those who are invited to a room, or no longer. */
  readonly invitations: { room: string; nameKey: string }[];
  /** Sessions come, go or change names: who else is the same person matters, and who is online. */
  people: boolean;
  everyInstance: boolean;
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

const addEnvelope = (needs: Needs, by: string, { id, session, command }: Envelope): void => {
  needs.sessions.add(session);
  switch (command.type) {
    case 'say':
    case 'topic': {
      const room = addRoom(needs, command.room);
      if (room !== undefined) needs.publishes.push({ room, id, by: { session } });
      break;
    }
    case 'announce': {
      const room = addRoom(needs, command.room);
      if (room !== undefined) needs.publishes.push({ room, id, by: { instance: by } });
      break;
    }
    case 'typing':
      addRoom(needs, command.room);
      break;
    case 'invoke':
      addRoom(needs, command.room);
      needs.everyInstance = true;
      break;
    case 'private': {
      const nameKey = nickKey(command.to);
      needs.names.add(nameKey);
      needs.privates.push({ session, nameKey, id });
      needs.people = true;
      break;
    }
    case 'open':
      needs.names.add(nickKey(command.nick));
      needs.skeletons.add(skeleton(command.nick));
      for (const room of command.rooms ?? [LOBBY]) addEntrance(needs, session, room);
      needs.people = true;
      break;
    case 'rename':
      needs.names.add(nickKey(command.nick));
      needs.skeletons.add(skeleton(command.nick));
      needs.people = true;
      break;
    case 'join':
      addEntrance(needs, session, command.room);
      needs.people = true;
      break;
    case 'configure':
      addRoom(needs, command.room);
      break;
    case 'invite': {
      const room = addRoom(needs, command.room);
      const nameKey = nickKey(command.nick);
      needs.names.add(nameKey);
      if (room !== undefined) needs.invitations.push({ room, nameKey });
      needs.people = true;
      break;
    }
    case 'part':
      addRoom(needs, command.room);
      needs.people = true;
      break;
    case 'resume':
      needs.sessions.add(sessionOf(command.token));
      needs.people = true;
      break;
    case 'kick':
      needs.sessions.add(command.target);
      needs.people = true;
      break;
    case 'close':
    case 'detach':
      needs.people = true;
      break;
  }
};

const addTask = (needs: Needs, task: Task): void => {
  switch (task.type) {
    case 'hello':
      needs.instances.add(task.instance);
      for (const session of task.hello.sessions) needs.sessions.add(session);
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
    case 'login':
      needs.instances.add(task.instance);
      needs.sessions.add(task.session);
      needs.accounts.add(task.account);
      needs.rooms.add(LOBBY);
      // Not yet the account's, the session may be invited as either.
      for (const session of [task.session, task.account])
        needs.entrances.push({ room: LOBBY, session });
      needs.people = true;
      break;
    case 'register':
    case 'identify':
      needs.sessions.add(task.session);
      needs.accounts.add(task.account);
      needs.people = true;
      break;
  }
};

export const needsOf = (works: readonly Work[]): Needs => {
  const needs: Needs = {
    ...{ instances: new Set(), sessions: new Set(), accounts: new Set(), names: new Set() },
    ...{
      skeletons: new Set(),
      rooms: new Set(),
      publishes: [],
      privates: [],
      entrances: [],
      invitations: [],
      people: false,
      everyInstance: false,
    },
  };
  for (const work of works)
    if (work.type === 'publish') {
      needs.instances.add(work.by);
      addEnvelope(needs, work.by, work.envelope);
    } else addTask(needs, work);
  return needs;
};
