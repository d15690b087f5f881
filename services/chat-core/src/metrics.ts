import type { Metrics } from '@partyline/service';
import type { Streams } from './bus/streams.ts';
import type { Effect } from './line/effect.ts';
import type { LineWatch } from './line/line.ts';
import type { Answer } from './line/work.ts';

/** What an answer is counted as. */
const outcomeOf = (answer: Answer): string | undefined => {
  if (typeof answer !== 'object' || !('type' in answer)) return undefined;
  return answer.type === 'refused' ? answer.problem.code : answer.type;
};

/** What chat-core measures of itself. */
export const watchCore = (metrics: Metrics, streams: Streams) => {
  const publishes = metrics.counter({
    name: 'partyline_publishes_total',
    help: 'Publishes that were answered, by what they were answered with.',
    labels: ['outcome'],
  });
  const events = metrics.counter({
    name: 'partyline_events_total',
    help: 'Events that were appended to rooms.',
  });
  const batchSize = metrics.histogram({
    name: 'partyline_batch_publishes',
    help: 'Publishes and tasks that one transaction took.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
  });
  const commitSeconds = metrics.histogram({
    name: 'partyline_commit_seconds',
    help: 'Time from the beginning of a transaction until it was durable.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
  });
  const failed = metrics.counter({
    name: 'partyline_batches_failed_total',
    help: 'Batches that could not be written; nothing of them was answered as done.',
  });
  const wrongTokens = metrics.counter({
    name: 'partyline_wrong_tokens_total',
    help: 'Requests that were refused for their bearer token, by what they asked.',
    labels: ['server'],
  });
  const webhookCalls = metrics.counter({
    name: 'partyline_webhook_calls_total',
    help: 'Calls of outgoing webhooks, by whether they arrived.',
    labels: ['outcome'],
  });
  const backups = metrics.counter({
    name: 'partyline_backups_total',
    help: 'Backups that were due, by whether they could be made.',
    labels: ['outcome'],
  });
  let backedUpAt = 0;
  metrics.watch(
    {
      name: 'partyline_backup_last_success_timestamp_seconds',
      help: 'When the last backup that was due was begun; 0 where there is none.',
      kind: 'gauge',
    },
    () => backedUpAt / 1_000,
  );
  const online = metrics.gauge({ name: 'partyline_online_people', help: 'People online.' });
  metrics.watch(
    { name: 'partyline_streams', help: 'Instances with a stream.', kind: 'gauge' },
    () => streams.attached.size,
  );
  metrics.watch(
    {
      name: 'partyline_streams_cut_total',
      help: 'Streams that were cut because they took too little.',
      kind: 'counter',
    },
    () => streams.cut,
  );

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
    wrongToken: (server: 'bus' | 'admin') => wrongTokens.inc({ server }),
    backups: {
      done: (outcome: 'made' | 'failed') => backups.inc({ outcome }),
      last: (at: number) => {
        backedUpAt = at;
      },
    },
    webhook: (outcome: 'delivered' | 'failed') => webhookCalls.inc({ outcome }),
  };
};
