import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '@partyline/protocol';

/** How long somebody waits for a line that is away. What was said is still said when it is back. */
const ANSWER_MS = 20_000;

/** Resolves to `unavailable` when an answer takes too long. */
export const inTime = async <T>(answer: Promise<T>): Promise<T | Problem> => {
  const over = new AbortController();
  const late = sleep(ANSWER_MS, problem('unavailable'), { signal: over.signal, ref: false });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
};
