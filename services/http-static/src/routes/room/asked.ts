import { isProblem, limits, type Problem, problem, type RoomInfo } from '@partyline/protocol';
import type { FastifyRequest } from 'fastify';
import { type Cursor, readCursor } from '../../stream/cursor.ts';

/** What a request to read a room may say. */
export type RoomRequestParts = {
  Params: { room: string };
  Querystring: {
    since?: string;
    last?: string;
    poll?: string;
    wait?: string;
    before?: string;
    after?: string;
  };
};
export type RoomRequest = FastifyRequest<RoomRequestParts>;

/** Seconds that a poll waits when it isn't said, and at most. */
const WAIT_SECONDS = 30;
const MOST_WAIT_SECONDS = 60;

const wholeNumber = (name: string, text: string, most: number): number | Problem => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : most + 1;
  return value <= most
    ? value
    : problem('request-bad', { reason: `${name} must be a number from 0 to ${most}.` });
};

/** How long a poll waits, in milliseconds. */
export const waitMsOf = ({ query: { wait } }: RoomRequest): number | Problem => {
  const seconds = wait === undefined ? WAIT_SECONDS : wholeNumber('wait', wait, MOST_WAIT_SECONDS);
  return isProblem(seconds) ? seconds : seconds * 1_000;
};

/**
 * The last event that a client knows of a room: by `Last-Event-ID`, when a browser comes back by
 * itself; by `?since=`; by `?last=`, how many it wants to be shown. Undefined when it says nothing.
 */
export const cursorOf = (
  { query: { since, last }, headers }: RoomRequest,
  room: Pick<RoomInfo, 'seq'> | undefined,
): Cursor | undefined | Problem => {
  const asked = headers['last-event-id'] || since;
  if (typeof asked === 'string')
    return (
      readCursor(asked) ??
      problem('request-bad', { reason: 'since must be a number, NUMBER@EPOCH, or all.' })
    );
  if (last === undefined) return undefined;
  const count = wholeNumber('last', last, limits.pageEvents);
  if (isProblem(count)) return count;
  return room && { seq: Math.max(0, room.seq - count) };
};
