import { isProblem } from '@partyline/protocol';
import type { GuardedProbe } from './guard.ts';

/** Counts, as a Prometheus counter with these labels does. */
type Counter = { inc(labels: { asked: string; outcome: string }): void };

/** A probe whose questions are counted, by where they come from and what became of them. */
export const counted =
  (probe: GuardedProbe, asked: 'http' | 'chat' | 'watch', counter: Counter): GuardedProbe =>
  async (question, asker) => {
    const result = await probe(question, asker);
    counter.inc({ asked, outcome: isProblem(result) ? result.code : 'answered' });
    return result;
  };
