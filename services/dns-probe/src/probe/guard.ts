import { type ProbeReport, type Problem, problem } from '@partyline/protocol';
import { Ration } from '@partyline/service';
import type { Probe, Question } from './probe.ts';

/** A probe for whoever asks: `asker` is what questions are rationed by. */
export type GuardedProbe = (question: Question, asker: string) => Promise<ProbeReport | Problem>;

/** Probes under way at most: a stranger's flood must not become one of DNS servers. */
const UNDER_WAY = 64;
/** Askers remembered. */
const ASKERS = 10_000;
const MINUTE_SECONDS = 60;

/** Lets each asker ask so many questions a minute, and all of them so many. */
export const guard = (
  probe: Probe,
  options: {
    readonly perMinute: number;
    readonly perMinuteInAll: number;
    /** Milliseconds of a clock that doesn't go back. */
    readonly now: () => number;
  },
): GuardedProbe => {
  const { perMinute, perMinuteInAll, now } = options;
  const ration = (burst: number, sources: number): Ration =>
    new Ration({ burst, perSecond: burst / MINUTE_SECONDS, sources, now });
  const [each, all] = [ration(perMinute, ASKERS), ration(perMinuteInAll, 1)];
  const seconds = Math.ceil(MINUTE_SECONDS / perMinute);
  let underWay = 0;

  return async (question, asker) => {
    if (!each.take(asker, 1)) return problem('flood', { seconds });
    if (underWay >= UNDER_WAY || !all.take('', 1)) return problem('line-full');
    underWay += 1;
    try {
      return await probe(question);
    } finally {
      underWay -= 1;
    }
  };
};
