import { type LineState, type Memory, memoryOf, type Talk } from '@partyline/client';
import type { Kept } from './kept.ts';

/** What is to outlive the client. */
export type Standing = { readonly line: LineState; readonly talk: Talk };

/** Writes down what is to outlive the client. */
export interface Remembering {
  /** Something changed. What was said is written down at once, how far one has read a little later. */
  changed(): void;
  /** Writes down the last, and nothing more. */
  end(): void;
}

const WRITE_AFTER_MS = 250;
const noDrafts: ReadonlyMap<string, string> = new Map();

/** `before` is what an earlier life left; `standing` is how it stands now. */
export const createRemembering = (
  kept: Kept | undefined,
  before: Memory | undefined,
  standing: () => Standing,
): Remembering => {
  let outgoing: LineState['outgoing'] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { line, talk } = standing();
    ({ outgoing } = line);
    // Who never came in has nothing to go on with.
    if (line.ticket === undefined && before === undefined) return;
    kept?.write(memoryOf(line, talk, noDrafts, before));
  };

  return {
    changed() {
      if (hasEnded) return;
      if (standing().line.outgoing !== outgoing) write();
      else timer ??= setTimeout(write, WRITE_AFTER_MS);
    },
    end() {
      if (!hasEnded) write();
      hasEnded = true;
    },
  };
};
