import type { Status } from '../status/shape.ts';

const at = 1_700_000_000_000;
const process = {
  ...{ version: '0.1.0', host: 'chat.example.org', uptimeMs: 86_400_000, memoryBytes: 150_000_000 },
  ...{ loopLagMs: 1.2, loopBusy: 0.08, at },
};
const times = { count: 6_000, p50Ms: 1.8, p99Ms: 6.5, maxMs: 12.1 };
const clients = { connections: 212, sessions: 208, queuedBytes: 1_048_700, slow: 1 };

/** How everything is, as the document shows it. */
export const statusExample: Status = {
  ...{ at, epoch: '9f3c1d2e4b5a6978', online: 190, connections: 212 },
  ...{ queuedBytes: 1_048_700, slow: 1 },
  perSecond: { frames: 120.5, publishes: 101, events: 100, deliveries: 19_000 },
  database: { kind: 'sqlite', bytes: 2_000_000_000, freeBytes: 9_000_000_000, searchWaiting: 0 },
  webhooks: { outgoing: 2, failing: 0, givenUp: 0, waiting: 0 },
  concerns: [
    {
      ...{ code: 'disk-low', level: 'warning' },
      text: '8583 MiB are free where everything is kept. When none is, nothing can be said any more: make room, or have rooms keep less.',
    },
  ],
  cores: [
    {
      ...{ core: 'chat-core-5e1f', ...process, commit: times, streams: 1, streamBytes: 0 },
      perSecond: { publishes: 101, events: 100, batches: 60 },
    },
  ],
  instances: [
    {
      ...{ instance: 'tcp-gateway-4f1d', kind: 'tcp-gateway', state: 'connected' },
      ...{ core: 'chat-core-5e1f', endpoints: ['text+tcp://chat.example.org:7001'] },
      ...{ startedAt: at - 86_400_000, leaseUntil: at + 15_000 },
      report: {
        ...{ ...process, delivery: times },
        clients: { ...clients, perSecond: { frames: 120.5, publishes: 101, deliveries: 19_000 } },
      },
    },
  ],
  slowReaders: [
    {
      ...{
        session: 'Zm9vYmFyYmF6cXV4',
        nick: 'ann',
        wire: 'text+tcp',
        instance: 'tcp-gateway-4f1d',
      },
      ...{ queuedBytes: 1_048_700, owedEvents: 340, behindMs: 9_000, stalledMs: 4_000 },
      closesInMs: 116_000,
    },
  ],
};
