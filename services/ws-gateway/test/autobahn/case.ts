import type { ClientFrame } from './client-frame.ts';

/**
 * One case of the Autobahn testsuite (https://github.com/crossbario/autobahn-testsuite), numbered
 * as there. What the suite has echoed as text is echoed here too; of binary messages only those
 * that are UTF-8 are messages in ours, others are answered by a problem.
 */
export type Case = {
  readonly id: string;
  readonly about: string;
  readonly sends: readonly ClientFrame[];
  /** Into how many bytes each write is cut; `frame` is a frame a write. All in one write when left out. */
  readonly chop?: number | 'frame';
  /** What is answered before the end, in order: `text …`, `pong …`. */
  readonly answers: readonly string[];
  /**
   * The code with which the server ends the connection, 1005 being none. When left out it doesn't:
   * the client closes with 1000, and is answered so.
   */
  readonly failsWith?: number;
};

/** What a text message is answered with. */
export const echo = (payload: Uint8Array | string): string => `text ${Buffer.from(payload)}`;

/** What a ping is answered with. */
export const ponged = (payload: Uint8Array | string = ''): string =>
  `pong ${Buffer.from(payload).toString('latin1')}`;

/** What a binary message that is not UTF-8 is answered with. */
export const refused = 'text utf8-bad';

/** The same cases with every write cut otherwise: `ids` are theirs, in order. */
export const chopped = (
  cases: readonly Omit<Case, 'id'>[],
  ids: readonly (readonly [id: string, chop?: Case['chop']])[],
): readonly Case[] =>
  cases.flatMap((it) =>
    ids.map(([id, chop]) => ({ ...it, id, ...(chop !== undefined && { chop }) })),
  );
