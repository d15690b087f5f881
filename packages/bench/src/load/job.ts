import type { Target } from './connection.ts';
import type { DurableWireName } from './durable-wires.ts';
import type { WireName } from './wires.ts';

/** What a load process can be asked to do, and what it answers. */
export type Jobs = {
  /** Brings `count` readers into the room. */
  read: { of: { wire: WireName; target: Target; count: number; name: string }; gives: null };
  /** Brings in the one who talks. */
  write: { of: { wire: WireName; target: Target; name: string }; gives: null };
  /**
   * Says `perTurn` messages in one write, waits until all readers here have all of them, and again,
   * for `forMs`.
   */
  turns: { of: { perTurn: number; forMs: number }; gives: { deliveries: number } };
  /** Says `perSecond` messages a second for `forMs`, whatever comes back. Gives how long each took to each reader here. */
  pace: { of: { perSecond: number; forMs: number }; gives: { sent: number; tookUs: number[] } };
  /** Waits until all readers here have `messages` messages. */
  complete: { of: { messages: number }; gives: null };
  /** Opens `count` connections, which hear `greeted` (nothing when empty) and do nothing more. */
  hold: { of: { target: Target; greeted: string; count: number }; gives: null };
  /** Connects `count` clients that speak JSON, then logs all of them in at once, and waits until all are in. */
  come: { of: { target: Target; count: number; name: string }; gives: null };
  /** Waits until they are told nothing more. Gives what they were told since it was asked last. */
  heard: { of: Record<never, never>; gives: { bytes: number } };
  /** Each of `clients` connections publishes `batch` messages, waits until they are kept, and again, for `forMs`. */
  publish: {
    of: {
      wire: DurableWireName;
      target: Target;
      clients: number;
      batch: number;
      forMs: number;
      name: string;
    };
    gives: { kept: number; tookMs: number };
  };
  /**
   * Inserts rows like `row` into a database of its own in `folder`, `batch` a transaction, for
   * `forMs`; all of one room, or those of a transaction each of another one.
   */
  insert: {
    of: {
      folder: string;
      schema: readonly string[];
      row: Readonly<Record<string, string | number | null>>;
      batch: number;
      rooms: 'one' | 'each';
      forMs: number;
    };
    gives: { kept: number; tookMs: number };
  };
  /** The same into a new table of the Postgres that chat-core keeps its log in. */
  unnest: {
    of: { url: string; batch: number; rooms: 'one' | 'each'; forMs: number };
    gives: { kept: number; tookMs: number };
  };
};

export type JobName = keyof Jobs;
export type Order = { [J in JobName]: { job: J } & Jobs[J]['of'] }[JobName];
export type Answer = { readonly gave: unknown } | { readonly failed: string };
