import { locales } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { concernsOf } from './concerns.ts';
import { type CoreStatus, concernCodes, type InstanceStatus, type Status } from './shape.ts';

const vitals = {
  ...{
    version: '1',
    host: 'h',
    uptimeMs: 60_000,
    memoryBytes: 1,
    loopLagMs: 1,
    loopBusy: 0,
    at: 1,
  },
};
const core: CoreStatus = {
  ...{ core: 'core-1', ...vitals, streams: 1, streamBytes: 0 },
  perSecond: { publishes: 0, events: 0, batches: 0 },
};
const perSecond = { frames: 0, publishes: 0, events: 0, deliveries: 0 };
const gateway: InstanceStatus = {
  ...{ instance: 'i1', kind: 'tcp-gateway', state: 'connected', core: 'core-1' },
  ...{ endpoints: [], startedAt: 1, leaseUntil: 1 },
  report: {
    ...vitals,
    clients: { connections: 1, sessions: 1, queuedBytes: 0, slow: 0, perSecond },
  },
};
const well: Omit<Status, 'concerns'> = {
  ...{ at: 1, epoch: 'e', online: 1, connections: 1, queuedBytes: 0, slow: 0, perSecond },
  database: { kind: 'sqlite', bytes: 1, freeBytes: 1e12, searchWaiting: 0 },
  webhooks: { outgoing: 0, failing: 0, givenUp: 0, waiting: 0 },
  ...{ cores: [core], instances: [gateway], slowReaders: [] },
};

const times = (p99Ms: number) => ({ count: 1, p50Ms: 1, p99Ms, maxMs: p99Ms });
const { report = vitals } = gateway;

/** What goes wrong, by the concern that tells of it. */
const ill: Readonly<Record<(typeof concernCodes)[number], Partial<Status>>> = {
  'no-gateway': { instances: [] },
  'instance-away': { instances: [gateway, { ...gateway, instance: 'i2', state: 'away' }] },
  'disk-low': { database: { ...well.database, freeBytes: 5e8 } },
  'commit-slow': { cores: [{ ...core, commit: times(900) }] },
  'delivery-slow': { instances: [{ ...gateway, report: { ...report, delivery: times(1_500) } }] },
  'loop-late': { cores: [{ ...core, loopLagMs: 800 }] },
  'stream-behind': { cores: [{ ...core, streamBytes: 5e6 }] },
  'search-behind': { database: { ...well.database, searchWaiting: 50_000 } },
  'webhook-failing': { webhooks: { ...well.webhooks, failing: 2 } },
  'webhook-given-up': { webhooks: { ...well.webhooks, givenUp: 1 } },
  'versions-differ': { cores: [{ ...core, version: '2' }] },
};

test.each(locales)('when all is well nothing is told (%s)', (locale) => {
  expect(concernsOf(well, locale)).toEqual([]);
});

test.each(concernCodes)('%s is told when it is so, in every language', (code) => {
  const texts = locales.map((locale) => {
    const found = concernsOf({ ...well, ...ill[code] }, locale);
    expect(found.map((it) => it.code)).toEqual([code]);
    return found[0]?.text;
  });
  expect(new Set(texts).size).toBe(locales.length);
});

test('the gravest is told first', () => {
  const status = {
    ...well,
    ...ill['versions-differ'],
    ...ill['disk-low'],
    ...ill['webhook-failing'],
  };
  expect(concernsOf(status, 'en').map((it) => it.level)).toEqual([
    ...['critical', 'warning', 'notice'],
  ]);
});
