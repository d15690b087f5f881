import { fc, test } from '@fast-check/vitest';
import {
  type Command,
  EVERYWHERE,
  isPairRoom,
  nickOfPlace,
  pairPersons,
  skeleton,
} from '@partyline/protocol';
import { expect } from 'vitest';
import type { Tables } from '../store/memory/tables.ts';
import type { EventRow, SessionRow } from '../store/rows.ts';
import { OPERATOR } from './draft.ts';
import { rehearse } from './rehearsal.ts';
import { accountIn, homeOf, instances, sessions, step } from './test/arbitrary-steps.ts';
import {
  actingRank,
  actorId,
  actorOf,
  atLeast,
  below,
  changesOf,
  commandOf,
  expectBelow,
  expectDeed,
  holds,
  leastFor,
  rankOf,
  servedRank,
  type Taken,
  taskOf,
} from './test/taken.ts';

const isBanned = ({ before, now }: Taken, room: string, who: SessionRow): boolean =>
  rankOf(before, room, who.person) === 'member' &&
  [...before.moderation.bans.values()].some(
    (it) =>
      it.room === room &&
      holds(now, it) &&
      (it.subject === `nick:${who.nameKey}` ||
        it.person === who.person ||
        it.person === who.session ||
        (it.subject === 'address:10.0.0.0/8' && who.address === '10.0.0.1')),
  );

/** Nobody comes in who is banned, or who is not invited where that is needed. */
const judgeEntrances = (taken: Taken): void => {
  const { before, after } = taken;
  for (const { is } of changesOf(before.members, after.members)) {
    if (is === undefined || before.members.has(`${is.room}\n${is.session}`)) continue;
    const { room, session } = is;
    const who = after.sessions.get(session);
    if (who === undefined) throw new Error('nobody came in');
    if (isPairRoom(room)) {
      expect(pairPersons(room).some((it) => it === who.person || it === session)).toBe(true);
      continue;
    }
    expect(isBanned(taken, room, who)).toBe(false);
    if (before.rooms.get(room)?.visibility !== 'private') continue;
    const isInvited = [who.person, session].some((it) => before.invitations.has(`${room}\n${it}`));
    expect(isInvited || atLeast(rankOf(before, room, who.person), 'moderator')).toBe(true);
  }
  for (const [id, { state, instance }] of after.sessions) {
    const was = before.sessions.get(id);
    const who = after.sessions.get(id);
    if (who === undefined || state !== 'live') continue;
    if (was?.state === 'live' && was.instance === instance) continue;
    expect(isBanned(taken, EVERYWHERE, who)).toBe(false);
  }
};

const kinds: { readonly [K in EventRow['kind']]: readonly Command['type'][] } = {
  message: ['say', 'private', 'share'],
  action: ['say', 'private'],
  notice: ['say', 'private', 'announce', 'observe'],
  topic: ['topic'],
  edit: ['edit'],
  delete: ['delete'],
  react: ['react'],
  unreact: ['react'],
};

const isSaid = (kind: EventRow['kind']): boolean => kinds[kind].includes('say');

/** Whether a file is told to one person. */
const isShareWith = (command: Command | undefined): boolean =>
  command?.type === 'share' && nickOfPlace(command.room) !== undefined;

/** Who said what, and when, where slow mode was: by room and person. */
type Turns = Map<string, number>;

/** Only who is in a room, and may, says something there, and nobody in another's name. */
const judgeWords = (taken: Taken, turns: Turns): void => {
  const { before, after, now } = taken;
  for (const [name, log] of after.events) {
    const room = before.rooms.get(name);
    for (const event of log.slice(before.events.get(name)?.length ?? 0)) {
      const { kind, person } = event;
      expect(kinds[kind]).toContain(commandOf(taken)?.type);
      if (['announce', 'observe'].includes(commandOf(taken)?.type ?? '')) continue;
      const isOfOperator = ['topic', 'delete'].includes(commandOf(taken)?.type ?? '');
      if (isOfOperator && taken.step.type === 'said' && taken.step.by === OPERATOR) {
        expect([event.session, person]).toEqual([OPERATOR, OPERATOR]);
        expect(isPairRoom(name)).toBe(false);
        continue;
      }
      const actor = actorOf(taken);
      if (actor === undefined) throw new Error('nobody said it');
      expect([event.session, person]).toEqual([actor.session, actor.person]);
      const isBetween = commandOf(taken)?.type === 'private' || isShareWith(commandOf(taken));
      if (isBetween) expect(pairPersons(name)).toContain(person);
      else expect(before.members.has(`${name}\n${actor.session}`)).toBe(true);

      const rank = rankOf(before, name, person);
      const target = log.find((it) => it.seq === event.ref);
      const isOwn = [person, actor.session].includes(target?.person ?? '');
      if (kind === 'delete') {
        if (isOwn) continue;
        expect(isPairRoom(name)).toBe(false);
        expect(atLeast(rank, 'moderator')).toBe(true);
        expect(below(rankOf(before, name, target?.person ?? ''), rank)).toBe(true);
        continue;
      }
      if (kind === 'edit') expect(isOwn).toBe(true);
      const mute = before.moderation.mutes.get(`${name}\n${person}`);
      expect(mute !== undefined && holds(now, mute)).toBe(false);
      expect(room?.speak === 'moderators' && !atLeast(rank, 'moderator')).toBe(false);
      const slowMs = room?.slowMs ?? 0;
      if (slowMs === 0 || rank !== 'member' || !isSaid(kind)) continue;
      const turn = turns.get(`${name}\n${person}`) ?? Number.NEGATIVE_INFINITY;
      expect(now - turn).toBeGreaterThanOrEqual(slowMs);
      turns.set(`${name}\n${person}`, now);
    }
  }
};

/** What a guest was, the account that it becomes is too: who they are, before and after. */
const becoming = (taken: Taken): { guest: string; account: string } | undefined => {
  const task = taskOf(taken);
  if (task?.type !== 'register' && task?.type !== 'identify') return undefined;
  return {
    guest: taken.before.sessions.get(task.session)?.person ?? task.session,
    account: task.account,
  };
};

/** A guest that is gone for good is forgotten, with all that it was. */
const isForgotten = (taken: Taken, person: string): boolean =>
  taskOf(taken)?.type === 'sweep' &&
  taken.before.sessions.has(person) &&
  !taken.after.sessions.has(person);

const judgeRoles = (taken: Taken): void => {
  const { before, after } = taken;
  const became = becoming(taken);
  for (const { key, was, is } of changesOf(before.moderation.roles, after.moderation.roles)) {
    const [room = '', person = ''] = key.split('\n');
    if (is === undefined && isForgotten(taken, person)) continue;
    if (became !== undefined) {
      const { guest, account } = became;
      expect([guest, account]).toContain(person);
      const had = [guest, account].map((it) => rankOf(before, room, it));
      expect(had).toContain(rankOf(after, room, account));
      continue;
    }
    if (!before.rooms.has(room) && room !== EVERYWHERE) {
      // Whoever makes a room owns it.
      const task = taskOf(taken);
      const maker =
        task?.type === 'login' ? task.account : (after.sessions.get(actorId(taken))?.person ?? '');
      expect([is?.role, person]).toEqual(['owner', maker]);
      continue;
    }
    if (commandOf(taken)?.type === 'ban') expectDeed(taken, 'ban', room, 'moderator');
    else expectDeed(taken, 'role', room, room === EVERYWHERE ? 'console' : 'owner');
    expectBelow(taken, room, person);
    expect(atLeast(actingRank(taken, room), is?.role ?? 'member')).toBe(true);
    if (commandOf(taken)?.type === 'ban')
      expect([was !== undefined, is]).toEqual([true, undefined]);
  }
};

const judgeRestraints = (taken: Taken): void => {
  const { before, after, now } = taken;
  const became = becoming(taken);
  for (const { key, was, is } of changesOf(before.moderation.mutes, after.moderation.mutes)) {
    const [room = '', person = ''] = key.split('\n');
    if (is === undefined && isForgotten(taken, person)) continue;
    if (taskOf(taken)?.type === 'sweep') {
      expect([is, was !== undefined && holds(now, was)]).toEqual([undefined, false]);
      continue;
    }
    if (became !== undefined) {
      const end = (of: string, tables: Tables): number => {
        const mute = tables.moderation.mutes.get(`${room}\n${of}`);
        return mute === undefined ? 0 : (mute.until ?? Number.POSITIVE_INFINITY);
      };
      const { guest, account } = became;
      expect(end(account, after)).toBe(Math.max(end(guest, before), end(account, before)));
      continue;
    }
    expectDeed(taken, is === undefined ? 'unmute' : 'mute', room, 'moderator');
    expectBelow(taken, room, person);
  }
  for (const { was, is } of changesOf(before.moderation.bans, after.moderation.bans)) {
    const { room, person } = is ?? was ?? { room: '', person: null };
    if (taskOf(taken)?.type === 'sweep') {
      expect([is, was !== undefined && holds(now, was)]).toEqual([undefined, false]);
      continue;
    }
    expectDeed(taken, is === undefined ? 'unban' : 'ban', room, leastFor(room, 'moderator'));
    if (is !== undefined && person !== null) expectBelow(taken, room, person);
  }
};

const judgeSettings = (taken: Taken): void => {
  const { before, after } = taken;
  for (const [name, room] of after.rooms) {
    const was = before.rooms.get(name);
    if (was === undefined) continue;
    const { visibility, speak, slowMs } = room;
    if (visibility !== was.visibility || speak !== was.speak)
      expectDeed(taken, 'configure', name, 'owner');
    if (slowMs !== was.slowMs) expectDeed(taken, 'slow', name, 'moderator');
  }
  for (const { key, was, is } of changesOf(before.invitations, after.invitations)) {
    // Whether its holder was told of it is noted when they come.
    if (was !== undefined && is !== undefined) continue;
    const [room = '', person = ''] = key.split('\n');
    if (!isForgotten(taken, person)) expectDeed(taken, 'invite', room, 'owner');
  }
};

/** Names are watched, or no longer, as whoever runs the room says. */
const judgeWatches = (taken: Taken): void => {
  const { before, after } = taken;
  for (const { is, was } of changesOf(before.watches, after.watches)) {
    if (is !== undefined && was !== undefined) continue;
    const room = is?.room ?? was?.room ?? '';
    expect(commandOf(taken)?.type).toBe(is === undefined ? 'unwatch' : 'watch');
    expect(atLeast(servedRank(taken, room), 'moderator')).toBe(true);
  }
};

/** Nobody is put out of a room but by who may do that. */
const judgeDepartures = (taken: Taken): void => {
  const { before, after } = taken;
  const command = commandOf(taken);
  if (command === undefined) return;
  for (const { room, session } of before.members.values()) {
    if (after.members.has(`${room}\n${session}`)) continue;
    const who = before.sessions.get(session);
    if (who === undefined || session === actorId(taken)) continue;
    // Instances throw out whom the operator, or their own kind of moderator, names.
    if (command.type === 'kick') continue;
    const where = 'room' in command ? command.room : room;
    const there = where === EVERYWHERE ? EVERYWHERE : room;
    if (command.type === 'invite') expectDeed(taken, 'invite', room, 'owner');
    else if (command.type === 'ban') expectDeed(taken, 'ban', there, leastFor(there, 'moderator'));
    else expectDeed(taken, 'remove', room, 'moderator');
    if (command.type !== 'invite') expectBelow(taken, there, who.person);
  }
};

/** Nobody begins to go by a nick that can be taken for somebody else's. */
const judgeNames = (taken: Taken): void => {
  const { before, after } = taken;
  for (const { was, is } of changesOf(before.names, after.names)) {
    if (is === undefined || is.nick === was?.nick) continue;
    const alike = [...before.accounts.values()].filter(
      (it) => it.skeleton === skeleton(is.nick) && it.account !== is.person,
    );
    expect(alike).toEqual([]);
  }
};

test.prop([fc.array(step, { minLength: 20, maxLength: 80 })], { numRuns: 300 })(
  'permissions never widen: nobody enters, speaks or acts but who may',
  async (steps) => {
    const it = rehearse();
    for (const instance of instances) await it.hello(instance);
    // So that there is somebody to mind from the first step on: the first owns a room.
    for (const [index, name] of sessions.entries()) {
      const nick = ['ann', 'bob', 'Eve', 'dan'][index] ?? name;
      await it.open(name, { nick, by: homeOf(name), rooms: ['lobby', 'Ops'] });
    }
    const turns: Turns = new Map();
    for (const one of steps) {
      if (one.type === 'time') {
        it.clock.now += one.ms;
        continue;
      }
      const before = structuredClone(it.tables);
      const asked =
        one.type === 'said'
          ? one
          : { ...one, task: accountIn(one.task, [...before.accounts.keys()]) };
      if (asked.type === 'task') await it.line.run(asked.task);
      else {
        const { by, session, id, command } = asked;
        await it.line.publish(by, [it.envelope(session, command, id)]);
      }
      const taken: Taken = { before, after: it.tables, now: it.clock.now, step: asked };
      judgeEntrances(taken);
      judgeWords(taken, turns);
      judgeRoles(taken);
      judgeRestraints(taken);
      judgeSettings(taken);
      judgeDepartures(taken);
      judgeNames(taken);
      judgeWatches(taken);
    }
  },
);
