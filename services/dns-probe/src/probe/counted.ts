import { isProblem } from '@partyline/protocol';
import type { GuardedProbe } from './guard.ts';

/** Counts and times questions, as Prometheus' metrics with these labels do. */
export type ProbeMeasures = {
  readonly probes: { inc(labels: { asked: string; outcome: string }): void };
  readonly seconds: { observe(labels: { asked: string }, value: number): void };
};

/** A probe whose questions are measured, by where they come from and what became of them. */
export const counted =
  (
    probe: GuardedProbe,
    asked: 'http' | 'chat' | 'watch',
    { probes, seconds }: ProbeMeasures,
  ): GuardedProbe =>
  async (question, asker) => {
    const startedAt = performance.now();
    const result = await probe(question, asker);
    seconds.observe({ asked }, (performance.now() - startedAt) / 1_000);
    probes.inc({ asked, outcome: isProblem(result) ? result.code : 'answered' });
    return result;
  };
