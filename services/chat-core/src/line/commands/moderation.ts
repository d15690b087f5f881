import {
  type BanInfo,
  EVERYWHERE,
  isProblem,
  limits,
  nickKey,
  type Problem,
  problem,
} from '@partyline/protocol';
import type { BanRow } from '../../store/moderation/rows.ts';
import type { Draft } from '../draft.ts';
import {
  below,
  called,
  calledBelow,
  doer,
  endOf,
  moderated,
  moderatedOrAll,
  oneLine,
  record,
  type Target,
} from '../moderation/doing.ts';
import { putOut, throwOut } from '../moderation/putting-out.ts';
import { mayGive } from '../moderation/rights.ts';
import { rankIn } from '../moderation/standing.ts';
import { type Subject, subjectOf } from '../moderation/subject.ts';
import { tellConcerned, tellRoom } from '../moderation/telling.ts';
import { Unloaded } from '../rows.ts';
import type { Asked, Decider } from './asked.ts';

/** Puts somebody out of a room, in all sessions; they may come back. */
export const remove: Decider<'remove'> = (asked) => {
  const { draft, command } = asked;
  const room = moderated(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'remove');
  if (isProblem(by)) return by;
  const target = calledBelow(draft, by, room, command.nick);
  if (isProblem(target)) return target;
  const inside = target.sessions.filter((it) => draft.members.of(it.session).has(room));
  if (inside.length === 0) return problem('nick-not-in-room', { nick: target.nick, room });
  const reason = oneLine(command.reason);
  for (const session of inside) putOut(draft, session, room, { reason, by: by.nick });
  record(draft, by, { deed: 'remove', room, target: target.nick, reason });
  return { type: 'done' };
};

/** Takes somebody's word in a room. */
export const mute: Decider<'mute'> = (asked) => {
  const { draft, command } = asked;
  const room = moderated(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'mute');
  if (isProblem(by)) return by;
  const target = calledBelow(draft, by, room, command.nick);
  if (isProblem(target)) return target;
  const { nick, person } = target;
  const [until, reason] = [endOf(draft, command.forMs), oneLine(command.reason)];
  draft.moderation.putMute({ room, person, until, reason, by: by.nick, at: draft.now });
  record(draft, by, { deed: 'mute', room, target: nick, ...lasting(command.forMs), reason });
  const ends = until === null ? {} : { until };
  tellConcerned(draft, target.sessions, room, by, { deed: 'mute', reason, ...ends });
  return { type: 'done' };
};

/** Gives it back. */
export const unmute: Decider<'unmute'> = (asked) => {
  const { draft, command } = asked;
  const room = moderated(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'unmute');
  if (isProblem(by)) return by;
  const target = calledBelow(draft, by, room, command.nick);
  if (isProblem(target)) return target;
  const { nick, person } = target;
  if (draft.moderation.mute(room, person) === undefined) return { type: 'done' };
  draft.moderation.dropMute({ room, person });
  record(draft, by, { deed: 'unmute', room, target: nick });
  tellConcerned(draft, target.sessions, room, by, { deed: 'unmute' });
  return { type: 'done' };
};

/** Lets each person say something in a room once in a while only. */
export const slow: Decider<'slow'> = (asked) => {
  const { draft, command } = asked;
  const name = moderated(draft, command.room);
  if (isProblem(name)) return name;
  const by = doer(asked, name, 'slow');
  if (isProblem(by)) return by;
  const room = draft.room(name);
  if (room === undefined) return problem('room-unknown', { room: name });
  const { ms } = command;
  if (room.slowMs === ms) return { type: 'done' };
  draft.putRoom({ ...room, slowMs: ms });
  record(draft, by, { deed: 'slow', room: name, detail: `${ms / 1_000} s` });
  tellRoom(draft, name, by, { deed: 'slow', ms });
  return { type: 'done' };
};

/** Gives somebody a role in a room. Only the admin API makes operators of the server. */
export const role: Decider<'role'> = (asked) => {
  const { draft, command } = asked;
  const room = moderatedOrAll(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'role');
  if (isProblem(by)) return by;
  const isForAll = room === EVERYWHERE;
  if (isForAll && by.rank !== 'console') return problem('operator-needed');
  if (command.role !== 'member' && (command.role === 'operator') !== isForAll)
    return problem('role-bad');
  const target = calledBelow(draft, by, room, command.nick);
  if (isProblem(target)) return target;
  const { nick, person } = target;
  // An operator is an account: a guest's nick is anybody's tomorrow.
  if (isForAll && draft.registered(nickKey(command.nick))?.account !== person)
    return problem('nick-unknown', { nick });
  if (!mayGive(by.rank, command.role)) return problem('owner-needed', { room });
  const what = { deed: 'role', role: command.role } as const;
  if (draft.moderation.role(room, person) === what.role) return { type: 'done' };
  draft.moderation.putRole({ room, person, role: what.role });
  record(draft, by, { deed: 'role', room, target: nick, detail: what.role });
  tellConcerned(draft, target.sessions, room, by, what);
  if (!isForAll) tellRoom(draft, room, by, { ...what, nick }, target.sessions);
  return { type: 'done' };
};

/** Keeps somebody out of a room or off the server, and puts out who is there. */
export const ban: Decider<'ban'> = (asked) => {
  const { draft, command } = asked;
  const room = moderatedOrAll(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'ban');
  if (isProblem(by)) return by;
  const subject = subjectOf(command.who);
  if (isProblem(subject)) return subject;
  const found = bannable(asked, room, subject);
  if (isProblem(found)) return found;
  const { key, who, target } = found;
  const allowed = target === undefined ? undefined : below(draft, by, room, target);
  if (isProblem(allowed)) return allowed;

  const { bans } = draft.moderation;
  const others = bans.of(room).filter((it) => it.subject !== key);
  if (others.length >= limits.bansPerRoom)
    return problem('bans-too-many', { limit: limits.bansPerRoom });
  const [until, reason] = [endOf(draft, command.forMs), oneLine(command.reason)];
  const person = target?.person ?? null;
  bans.put({ ...{ room, subject: key, who, person, until, reason }, by: by.nick, at: draft.now });
  // A ban doesn't hold for who has a role, so that it takes the role.
  if (person !== null) draft.moderation.putRole({ room, person, role: 'member' });
  record(draft, by, { deed: 'ban', room, target: who, ...lasting(command.forMs), reason });
  for (const id of found.sessions) putAway(draft, id, room, { reason, by: by.nick });
  return { type: 'done' };
};

/** Lets in again whom a ban kept out. */
export const unban: Decider<'unban'> = (asked) => {
  const { draft, command } = asked;
  const room = moderatedOrAll(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'unban');
  if (isProblem(by)) return by;
  const { bans } = draft.moderation;
  const who = nickKey(command.who.trim());
  const subject = subjectOf(command.who);
  const key = isProblem(subject) ? undefined : keyOf(draft, subject);
  const found = bans.of(room).find((it) => it.subject === key || nickKey(it.who) === who);
  if (found === undefined) return problem('ban-unknown', { who: command.who });
  bans.drop(room, found.subject);
  record(draft, by, { deed: 'unban', room, target: found.who });
  return { type: 'done' };
};

/** Tells the bans that hold, the newest first. */
export const bans: Decider<'bans'> = (asked) => {
  const { draft, command } = asked;
  const room = moderatedOrAll(draft, command.room);
  if (isProblem(room)) return room;
  const by = doer(asked, room, 'bans');
  if (isProblem(by)) return by;
  const holding = draft.moderation.bans
    .of(room)
    .filter((it) => it.until === null || it.until > draft.now)
    .sort((a, b) => b.at - a.at || (a.subject < b.subject ? -1 : 1));
  const told = holding.slice(0, limits.bansTold).map(banInfo);
  return { type: 'bans', room, count: holding.length, bans: told };
};

/** A ban as it is told. */
export const banInfo = ({ who, until, reason, by, at }: BanRow): BanInfo => ({
  ...{ who, reason, by, at },
  ...(until !== null && { until }),
});

/** How long something lasts, as the audit log tells it. */
const lasting = (forMs: number | undefined): { detail?: string } =>
  forMs === undefined ? {} : { detail: `${forMs / 1_000} s` };

/** The key that a ban has in its room. */
const keyOf = (draft: Draft, subject: Subject): string | undefined => {
  switch (subject.type) {
    case 'address':
      return `address:${subject.range}`;
    case 'account': {
      const account = draft.registered(nickKey(subject.nick))?.account;
      return account === undefined ? undefined : `account:${account}`;
    }
    case 'nick':
      return `nick:${nickKey(subject.nick)}`;
  }
};

type Bannable = {
  readonly key: string;
  readonly who: string;
  readonly target: Target | undefined;
  /** Ids of those who are there and are to go. */
  readonly sessions: readonly string[];
};

/** Whom a ban means, now and from now on. */
const bannable = (
  { draft, command }: Asked<'ban'>,
  room: string,
  subject: Subject,
): Bannable | Problem => {
  const key = keyOf(draft, subject);
  if (subject.type === 'address') {
    const { inRange } = draft.loaded.moderation;
    // Who is in a range is known to the first command of a batch only.
    if (inRange?.command !== command) throw new Unloaded(subject.range);
    // Whoever has a role isn't kept out either.
    const sessions = inRange.sessions.filter(
      (id) => rankIn(draft, room, draft.session(id)?.person ?? id) === 'member',
    );
    return { key: `address:${subject.range}`, who: subject.range, target: undefined, sessions };
  }
  if (key === undefined) return problem('nick-unknown', { nick: subject.nick });
  const account = draft.registered(nickKey(subject.nick));
  const target =
    subject.type === 'account' && account !== undefined
      ? { nick: account.nick, person: account.account, sessions: draft.sessionsOf(account.account) }
      : called(draft, subject.nick);
  const nick = target?.nick ?? subject.nick;
  return {
    key,
    who: subject.type === 'account' ? `account:${nick}` : nick,
    target,
    sessions: target?.sessions.map((it) => it.session) ?? [],
  };
};

/** Puts a session out of a room or off the server. */
const putAway = (
  draft: Draft,
  id: string,
  room: string,
  why: { readonly reason: string; readonly by: string },
): void => {
  const session = draft.session(id);
  if (session === undefined || session.state === 'ended') return;
  if (room === EVERYWHERE) throwOut(draft, session, why.reason);
  else putOut(draft, session, room, why);
};
