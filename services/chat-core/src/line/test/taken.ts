import { type Command, EVERYWHERE } from '@partyline/protocol';
import { expect } from 'vitest';
import type { Tables } from '../../store/memory/tables.ts';
import type { SessionRow } from '../../store/rows.ts';
import { OPERATOR } from '../draft.ts';
import { sessionId } from '../rehearsal.ts';
import type { Step } from './arbitrary-steps.ts';

// What chat-core allows is judged here by what was so before each step, as its README tells it, and
// by nothing of the code that decides.

export const ranks = ['member', 'moderator', 'owner', 'operator', 'console'] as const;
export type Rank = (typeof ranks)[number];

/** A step that was taken: what was so before it, and what is so now. */
export type Taken = {
  readonly before: Tables;
  readonly after: Tables;
  readonly now: number;
  readonly step: Exclude<Step, { type: 'time' }>;
};

export const rankOf = ({ moderation: { roles } }: Tables, room: string, person: string): Rank =>
  roles.get(`${EVERYWHERE}\n${person}`)?.role ?? roles.get(`${room}\n${person}`)?.role ?? 'member';

export const atLeast = (rank: Rank, other: Rank): boolean =>
  ranks.indexOf(rank) >= ranks.indexOf(other);
export const below = (rank: Rank, other: Rank): boolean => !atLeast(rank, other);

export const holds = (now: number, { until }: { readonly until: number | null }): boolean =>
  until === null || until > now;

/** The live session that acts by a command, if it may act at all. */
export const actorOf = ({ before, step: it }: Taken): SessionRow | undefined => {
  if (it.type !== 'said') return undefined;
  const row = before.sessions.get(sessionId(it.session));
  // Files are told by another service, for a session wherever it is.
  const isThere = row?.instance === it.by || it.command.type === 'share';
  return row?.state === 'live' && isThere ? row : undefined;
};

/** What whoever acts may do in a room. */
export const actingRank = (taken: Taken, room: string): Rank => {
  if (taken.step.type === 'said' && taken.step.by === OPERATOR) return 'console';
  const actor = actorOf(taken);
  return actor === undefined ? 'member' : rankOf(taken.before, room, actor.person);
};

/** The same of whoever a service does something for, wherever the session is held. */
export const servedRank = (taken: Taken, room: string): Rank => {
  if (taken.step.type === 'said' && taken.step.by === OPERATOR) return 'console';
  const row = taken.before.sessions.get(actorId(taken));
  return row === undefined || row.state === 'ended'
    ? 'member'
    : rankOf(taken.before, room, row.person);
};

export const commandOf = ({ step: it }: Taken): Command | undefined =>
  it.type === 'said' ? it.command : undefined;
export const taskOf = ({ step: it }: Taken) => (it.type === 'task' ? it.task : undefined);

/** What was done is a deed of this type, by somebody of at least this rank in the room. */
export const expectDeed = (
  taken: Taken,
  type: Command['type'],
  room: string,
  least: Rank,
): void => {
  expect(commandOf(taken)?.type).toBe(type);
  expect(ranks.slice(ranks.indexOf(least))).toContain(actingRank(taken, room));
};

export const expectBelow = (taken: Taken, room: string, person: string): void =>
  expect(below(rankOf(taken.before, room, person), actingRank(taken, room))).toBe(true);

/** The rows of a table that are others than before, with what they were and are. */
export const changesOf = <Row>(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>) =>
  [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ key, was: before.get(key), is: after.get(key) }))
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is));

/** The id of the session that acts, if one does. */
export const actorId = ({ step: it }: Taken): string =>
  it.type === 'said' ? sessionId(it.session) : '';

/** On the whole server, operators do what moderators and owners do in a room. */
export const leastFor = (room: string, rank: Rank): Rank =>
  room === EVERYWHERE ? 'operator' : rank;
