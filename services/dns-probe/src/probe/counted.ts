import { isProblem } from '@partyline/protocol';
import type { Probe } from './probe.ts';

/** Counts, as a Prometheus counter with these labels does. */
type Counter = { inc(labels: { asked: string; outcome: string }): void };

/** A probe whose questions are counted, by where they come from and what became of them. */
export const counted =
  (probe: Probe, asked: 'http' | 'chat', counter: Counter): Probe =>
  async (question) => {
    const result = await probe(question);
    counter.inc({ asked, outcome: isProblem(result) ? result.code : 'answered' });
    return result;
  };
