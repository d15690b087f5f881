import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Times } from '@partyline/protocol';

/** Parts of the last minute: the oldest is forgotten as a whole. */
const PARTS = 12;
const PART_MS = 5_000;
/** Kept in microseconds, with two digits: 20 KiB a part. What took longer counts as this. */
const MOST_MICROSECONDS = 600_000_000;
const shape = { lowest: 1, highest: MOST_MICROSECONDS, figures: 2 };

/** How long something took in the last minute. */
export interface Recent {
  /** Milliseconds from anywhere, never going back. */
  elapsed(): number;
  took(ms: number): void;
  /** Undefined when it didn't happen. */
  times(): Times | undefined;
}

type Part = { turn: number; readonly histogram: RecordableHistogram };

export const createRecent = (elapsed = (): number => performance.now()): Recent => {
  const parts: readonly Part[] = Array.from({ length: PARTS }, () => ({
    turn: Number.NEGATIVE_INFINITY,
    histogram: createHistogram(shape),
  }));
  const turnNow = (): number => Math.floor(elapsed() / PART_MS);
  return {
    elapsed,
    took: (ms) => {
      const turn = turnNow();
      const part = parts[turn % PARTS];
      if (part === undefined) return;
      if (part.turn !== turn) {
        part.turn = turn;
        part.histogram.reset();
      }
      const microseconds = Math.round(ms * 1_000);
      part.histogram.record(Math.min(Math.max(microseconds, 1), MOST_MICROSECONDS));
    },
    times: () => {
      const turn = turnNow();
      const all = createHistogram(shape);
      for (const part of parts) if (turn - part.turn < PARTS) all.add(part.histogram);
      if (all.count === 0) return undefined;
      return {
        count: all.count,
        p50Ms: all.percentile(50) / 1_000,
        p99Ms: all.percentile(99) / 1_000,
        maxMs: all.max / 1_000,
      };
    },
  };
};
