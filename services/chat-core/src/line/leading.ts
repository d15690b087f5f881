import type { Peers } from '../store/peers.ts';
import type { Line } from './line.ts';

/** How many signs of life a chat-core gives while one holds. */
export const BEATS = 3;

/**
 * How long a sign of life of a chat-core holds, by the lease of instances: a database that was away
 * for less takes so much of their time, and what was away for longer gives all their time anew.
 */
export const peerLeaseMs = (leaseMs: number): number => leaseMs / 3;

/** Of several chat-cores on one database, one does what is done for all. */
export interface Leading {
  /** Whether it is this one. At times it may be two, or none: what leaders do bears both. */
  readonly leads: boolean;
  /** Gives a sign of life. When nobody had given one, everybody gets their full time to come back. */
  beat(): Promise<void>;
}

/** A chat-core that is alone with its database. */
export const alone: Leading = { leads: true, beat: async () => {} };

export type LeadingParts = {
  readonly peers: Peers;
  readonly line: Pick<Line, 'run' | 'hear'>;
  /** How long a sign of life holds. */
  readonly leaseMs: number;
  /** Milliseconds from anywhere, never going back. */
  readonly elapsed: () => number;
  /** A sign of life was written: the database takes what it is given. */
  readonly onAlive: () => void;
};

export const createLeading = (parts: LeadingParts): Leading => {
  const { peers, line, leaseMs, elapsed, onAlive } = parts;
  let until = Number.NEGATIVE_INFINITY;
  return {
    get leads() {
      return elapsed() < until;
    },
    beat: async () => {
      const startedAt = elapsed();
      const { leads, wasNobody } = await peers.beat();
      onAlive();
      if (wasNobody) await line.run({ type: 'wake' });
      until = leads ? startedAt + leaseMs : Number.NEGATIVE_INFINITY;
    },
  };
};
