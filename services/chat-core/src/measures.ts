import type { Metrics } from '@partyline/service';
import type { Streams } from './bus/streams.ts';
import type { HookHealth } from './hooks/outgoing/couriers.ts';
import type { Effect } from './line/effect.ts';
import type { LineWatch } from './line/line.ts';
import type { Answer } from './line/work.ts';
import { metricDefinition as its } from './metrics.ts';

/** What an answer is counted as. */
const outcomeOf = (answer: Answer): string | undefined => {
  if (typeof answer !== 'object' || !('type' in answer)) return undefined;
  return answer.type === 'refused' ? answer.problem.code : answer.type;
};

/** Counts nothing yet: what begins at 1 would not be seen to increase. */
const beginAtZero = <L extends string>(
  counter: { inc(labels: Record<L, string>, value: number): void },
  label: L,
  values: readonly string[],
): void => {
  for (const value of values) counter.inc({ [label]: value } as Record<L, string>, 0);
};

const watchWebhooks = (metrics: Metrics) => {
  const calls = metrics.counter(its.webhookCalls);
  const givenUp = metrics.counter(its.webhooksGivenUp);
  const refused = metrics.counter(its.webhookRefusals);
  beginAtZero(calls, 'outcome', ['delivered', 'failed']);
  const failing = new Set<string>();
  metrics.watch(its.webhooksFailing, () => failing.size);
  return {
    sent: (outcome: 'delivered' | 'failed') => calls.inc({ outcome }),
    refused: () => refused.inc(),
    health: (hook: string, health: HookHealth) => {
      if (health === 'failing') failing.add(hook);
      else failing.delete(hook);
      if (health === 'given-up') givenUp.inc();
    },
  };
};

const watchBackups = (metrics: Metrics) => {
  const backups = metrics.counter(its.backups);
  beginAtZero(backups, 'outcome', ['made', 'failed']);
  const backedUpAt = metrics.gauge(its.backedUpAt);
  return {
    done: (outcome: 'made' | 'failed') => backups.inc({ outcome }),
    last: (at: number) => backedUpAt.set(at / 1_000),
  };
};

/** Measures chat-core. */
export const watchCore = (metrics: Metrics, streams: Streams) => {
  const publishes = metrics.counter(its.publishes);
  const events = metrics.counter(its.events);
  const batchSize = metrics.histogram(its.batchSize);
  const commitSeconds = metrics.histogram(its.commitSeconds);
  const failed = metrics.counter(its.failed);
  const gaps = metrics.counter(its.gaps);
  const databaseBroken = metrics.counter(its.databaseBroken);
  const wrongTokens = metrics.counter(its.wrongTokens);
  beginAtZero(wrongTokens, 'server', ['bus', 'admin']);
  const online = metrics.gauge(its.online);
  metrics.watch(its.streams, () => streams.attached.size);
  metrics.watch(its.streamsCut, () => streams.cut);
  metrics.watch(its.streamQueued, () => streams.queued().reduce((sum, it) => sum + it, 0));
  metrics.watch(its.streamQueuedMax, () => Math.max(0, ...streams.queued()));

  const line: LineWatch = {
    committed: ({ answers, effects }, seconds) => {
      commitSeconds.observe(seconds);
      batchSize.observe(answers.length);
      const counts = new Map<string, number>();
      for (const answer of answers) {
        const outcome = outcomeOf(answer);
        if (outcome !== undefined) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      }
      for (const [outcome, count] of counts) publishes.inc({ outcome }, count);
      events.inc(effects.filter((it) => it.type === 'event').length);
    },
    failed: () => failed.inc(),
  };
  return {
    line,
    /** Also what other chat-cores' batches came to. */
    told: (effects: readonly Effect[]) => {
      for (const it of effects) if (it.type === 'online') online.set(it.online);
    },
    /** What others told was missed. */
    gap: () => gaps.inc(),
    databaseBroken: () => databaseBroken.inc(),
    wrongToken: (server: 'bus' | 'admin') => wrongTokens.inc({ server }),
    webhooks: watchWebhooks(metrics),
    backups: watchBackups(metrics),
  };
};
