import { commandInfo, type Problem } from '@partyline/protocol';
import { reaches } from '../../people/bot.ts';
import type { InstanceRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { detach, hold, release } from '../lifetime.ts';
import type { TaskOf } from '../work.ts';
import { helloOfBot } from './hello-of-bot.ts';

/**
 * An instance says what it is and which sessions it holds. Those it holds no more get the grace
 * time to come back elsewhere; those that had run out of time come back if their nick is free.
 * Gives the sessions that are over.
 */
export const hello = (
  draft: Draft,
  { instance, hello: it, grant }: TaskOf<'hello'>,
): string[] | Problem => {
  const startedAt = draft.instance(instance)?.startedAt ?? draft.now;
  const leaseUntil = draft.now + draft.rules.leaseMs;
  const said = grant === undefined ? { ...it, bot: null } : helloOfBot(draft, instance, it, grant);
  if ('code' in said) return said;
  const { kind, endpoints, commands, rooms, bot } = said;
  draft.putInstance({
    ...{ instance, kind, endpoints, rooms, startedAt, leaseUntil, bot },
    commands: commands.map(commandInfo),
  });
  draft.effects.push({
    type: 'monitors',
    instance,
    keys: grant === undefined ? (it.monitors ?? []) : [],
  });
  // The stream that a bot has may follow rooms that it no longer asks for.
  if (grant !== undefined) draft.effects.push({ type: 'silent', instance });

  const listed = new Set(it.sessions);
  for (const session of draft.loaded.held) if (!listed.has(session.session)) detach(draft, session);
  return [...listed].filter((id) => !isHeld(draft, id, instance));
};

/** Whether a session is the instance's, brought back if need be. */
const isHeld = (draft: Draft, id: string, instance: string): boolean => {
  const session = draft.session(id);
  if (session === undefined || session.instance !== instance) return false;
  if (session.state === 'live') return true;
  if ((session.until ?? 0) <= draft.now) return false;
  if (hold(draft, session, session) !== undefined) return false;
  const rooms = draft.members.of(id);
  if (Object.keys(session.rooms ?? {}).every((it) => rooms.has(it))) return true;
  // It is kept out of a room that its instance still shows it.
  release(draft, id);
  return false;
};

/** An instance stops in good order. */
export const leave = (draft: Draft, { instance }: TaskOf<'leave'>): undefined => {
  if (draft.instance(instance) === undefined) return;
  for (const session of draft.loaded.held) detach(draft, session);
  draft.dropInstance(instance);
};

/** The rooms that an instance follows; of a bot's those that are still open to it. */
const roomsOf = (draft: Draft, { rooms, bot }: InstanceRow): readonly string[] =>
  bot === null ? rooms : rooms.filter((it) => reaches(bot.rooms, it, draft.room(it)));

/** An instance's stream begins. Everything committed later comes over it, in order. */
export const attach = (draft: Draft, { instance }: TaskOf<'attach'>): boolean => {
  const row = draft.instance(instance);
  if (row === undefined) return false;
  extend(draft, row, draft.rules.leaseMs);
  const follows = roomsOf(draft, row);
  const heads = Object.fromEntries([
    ...follows.map((room) => [room, draft.room(room)?.seq ?? 0]),
    ...draft.loaded.reading.map(({ room, seq }) => [room, seq]),
  ]);
  const sessions = new Map(draft.loaded.reading.map((it) => [it.room, it.sessions]));
  const { online } = draft;
  draft.effects.push({ type: 'attached', instance, online, heads, sessions, follows });
  // Nobody joins a pair's log: an instance learns of it by this line alone, and may have missed it.
  for (const { session, room, since } of draft.loaded.pairs)
    draft.effects.push({
      type: 'line',
      instance,
      line: { type: 'entered', session, room, since },
    });
  // The same of a nick that another session took for the account.
  for (const { session, nick } of draft.loaded.nicks)
    draft.effects.push({ type: 'line', instance, line: { type: 'renamed', session, nick } });
  return true;
};

/** An instance's stream broke, and it has no other by now. */
export const lapse = (draft: Draft, { instance }: TaskOf<'lapse'>): undefined => {
  if (draft.attached.has(instance)) return;
  draft.effects.push({ type: 'lapsed', instance });
  const row = draft.instance(instance);
  if (row !== undefined) extend(draft, row, draft.rules.graceMs);
};

export const renew = (draft: Draft, { instances }: TaskOf<'renew'>): undefined => {
  for (const instance of instances) {
    const row = draft.instance(instance);
    if (row !== undefined) extend(draft, row, draft.rules.leaseMs);
  }
};

const extend = (draft: Draft, row: InstanceRow, ms: number): void =>
  draft.putInstance({ ...row, leaseUntil: draft.now + ms });
