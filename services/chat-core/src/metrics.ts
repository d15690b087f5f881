import { commonMetrics, defineMetrics, diskMetrics } from '@partyline/service';

/** What chat-core measures. */
export const metricDefinition = defineMetrics({
  ...commonMetrics,
  ...diskMetrics,
  publishes: {
    kind: 'counter',
    name: 'partyline_publishes_total',
    help: 'Publishes that were answered.',
    labels: { outcome: 'the type of the receipt, or a problem code' },
  },
  events: {
    kind: 'counter',
    name: 'partyline_events_total',
    help: 'Events that were appended to rooms.',
  },
  waiting: {
    kind: 'gauge',
    name: 'partyline_line_waiting_works',
    help: 'Publishes and tasks that wait for their transaction, or are in one.',
  },
  batchSize: {
    kind: 'histogram',
    name: 'partyline_batch_publishes',
    help: 'Publishes and tasks that one transaction took.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
  },
  commitSeconds: {
    kind: 'histogram',
    name: 'partyline_commit_seconds',
    help: 'Time from the beginning of a transaction until it was durable.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
  },
  failed: {
    kind: 'counter',
    name: 'partyline_batches_failed_total',
    help: 'Batches that could not be written; nothing of them was answered as done.',
  },
  gaps: {
    kind: 'counter',
    name: 'partyline_told_gaps_total',
    help: 'Times that this chat-core was away for too long to know what others told; its streams ended.',
  },
  leads: {
    kind: 'gauge',
    name: 'partyline_leading',
    help: '1 on the chat-core that sweeps, trims and calls webhooks; else 0.',
  },
  databaseBroken: {
    kind: 'counter',
    name: 'partyline_database_connections_broken_total',
    help: 'Connections to Postgres that broke while nobody used them.',
  },
  databaseBytes: {
    kind: 'gauge',
    name: 'partyline_database_bytes',
    help: 'What the files of SQLite come to; there are none with Postgres.',
    labels: { file: '`log`, its `wal`, and the `search` index' },
  },
  wrongTokens: {
    kind: 'counter',
    name: 'partyline_wrong_tokens_total',
    help: 'Requests that were refused for their bearer token.',
    labels: { server: 'what they asked: `bus`, `admin`' },
  },
  online: { kind: 'gauge', name: 'partyline_online_people', help: 'People online.' },
  streams: { kind: 'gauge', name: 'partyline_streams', help: 'Instances with a stream.' },
  streamsCut: {
    kind: 'counter',
    name: 'partyline_streams_cut_total',
    help: 'Streams that were cut because they took too little.',
  },
  streamQueued: {
    kind: 'gauge',
    name: 'partyline_streams_queued_bytes',
    help: 'Bytes that wait for all instances to take them.',
  },
  streamQueuedMax: {
    kind: 'gauge',
    name: 'partyline_streams_queued_bytes_max',
    help: 'The most bytes that wait for one instance; it is cut at 8 MiB.',
  },
  webhookCalls: {
    kind: 'counter',
    name: 'partyline_webhook_calls_total',
    help: 'Calls of outgoing webhooks.',
    labels: { outcome: '`delivered`, `failed`' },
  },
  webhooksFailing: {
    kind: 'gauge',
    name: 'partyline_webhooks_failing',
    help: 'Outgoing webhooks whose last call failed, and that are tried again.',
  },
  webhookRefusals: {
    kind: 'counter',
    name: 'partyline_webhook_events_refused_total',
    help: 'Events that outgoing webhooks refused again and again, and that were passed over.',
  },
  webhooksGivenUp: {
    kind: 'counter',
    name: 'partyline_webhooks_given_up_total',
    help: 'Outgoing webhooks that were given up.',
  },
  backups: {
    kind: 'counter',
    name: 'partyline_backups_total',
    help: 'Backups that were due.',
    labels: { outcome: '`made`, `failed`' },
  },
  backedUpAt: {
    kind: 'gauge',
    name: 'partyline_backup_last_success_timestamp_seconds',
    help: 'When the last backup that was due was begun; 0 where there is none.',
  },
});
