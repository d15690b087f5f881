import type { ProbeState } from '@partyline/protocol';

/** A name that is looked up again and again, for a room to be told when it changes. */
export type WatchRow = {
  readonly room: string;
  readonly name: string;
  /** Types of records, `A+MX`; the usual ones when it is empty. */
  readonly types: string;
  readonly everyMs: number;
  /** The nick of whoever began it, or `BY_SETTINGS`. */
  readonly by: string;
  readonly at: number;
  /** When it is to be looked up next. */
  readonly dueAt: number;
  /** How often `told` has become another. */
  readonly revision: number;
  /** What is so, as far as the room knows; null before it was looked up. */
  readonly told: ProbeState | null;
  /** What was found last, when that is something else. */
  readonly seen: ProbeState | null;
  /** How often in a row. */
  readonly times: number;
  /** How often in a row it has to be found before the room is told. */
  readonly patience: number;
  /** How often in a row nothing else was found. */
  readonly calm: number;
};

export type WatchKey = Pick<WatchRow, 'room' | 'name' | 'types'>;

/** A watch as one string; no part can hold a line end. */
export const watchKey = ({ room, name, types }: WatchKey): string => `${room}\n${name}\n${types}`;
