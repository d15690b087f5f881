import type { InstanceReport } from '@partyline/protocol';
import { Compile } from 'typebox/compile';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Status } from '../src/status/shape.ts';
import { openOf, sayOf, startTestCore } from './core.ts';
import { follow } from './lines.ts';

type Core = Awaited<ReturnType<typeof startTestCore>>;

let core: Core;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core[Symbol.asyncDispose]());

const checked = Compile(Status);
const json = { 'content-type': 'application/json' };

const statusOf = async (): Promise<Status> => {
  const { status, json: told } = await core.order('GET', '/v1/status');
  expect(status).toBe(200);
  expect([...checked.Errors(told)]).toEqual([]);
  return told as unknown as Status;
};

const report = (uptimeMs: number, deliveries: number): InstanceReport => ({
  vitals: {
    ...{ version: '0.1.0', host: 'h', uptimeMs, memoryBytes: 1 },
    ...{ loopLagMs: 0.5, loopBusy: 0.25 },
  },
  gateway: {
    ...{ connections: 3, sessions: 2, queuedBytes: 700, slow: 1, stallMs: 60_000 },
    slowest: [
      {
        ...{ session: 's', nick: 'ann', wire: 'text+tcp', queuedBytes: 700, owedEvents: 12 },
        ...{ behindMs: 9_000, stalledMs: 4_000 },
      },
    ],
    totals: { frames: 20, publishes: 10, deliveries },
  },
  delivery: { count: 5, p50Ms: 1.5, p99Ms: 3, maxMs: 3 },
});

const tell = (instance: string, it: unknown) =>
  core.bus('PUT', `/bus/v1/instances/${instance}/report`, JSON.stringify(it), json);

test('tells how this core is, what it keeps and who is there', async () => {
  await core.hello('i1', { endpoints: ['text+tcp://h:7001'] });
  const stream = await core.subscribe('i1');
  await stream.until((it) => it.type === 'welcome');
  await core.publish('i1', [openOf('ann'), sayOf('ann', 'a')]);
  const status = await statusOf();
  expect(status).toMatchObject({
    ...{ online: 1, connections: 0, slow: 0, slowReaders: [] },
    database: { kind: 'sqlite', bytes: expect.any(Number), freeBytes: expect.any(Number) },
    webhooks: { outgoing: 0, failing: 0, givenUp: 0, waiting: 0 },
    cores: [{ streams: 1, commit: { count: expect.any(Number) } }],
    instances: [{ instance: 'i1', kind: 'tcp-gateway', state: 'connected' }],
  });
  expect(status.database.bytes).toBeGreaterThan(10_000);
  expect(status.instances[0]?.core).toBe(status.cores[0]?.core);
  stream.close();
});

test('tells what an instance told of itself, its rates and its slow readers', async () => {
  await core.hello('i1');
  const stream = await core.subscribe('i1');
  await stream.until((it) => it.type === 'welcome');
  expect(await tell('i1', report(10_000, 100))).toMatchObject({ status: 204 });
  expect((await statusOf()).perSecond).toMatchObject({ deliveries: 0 });
  expect(await tell('i1', report(12_000, 160))).toMatchObject({ status: 204 });
  const status = await statusOf();
  expect(status).toMatchObject({
    ...{ connections: 3, queuedBytes: 700, slow: 1 },
    perSecond: { deliveries: 30, frames: 0 },
    slowReaders: [{ nick: 'ann', instance: 'i1', owedEvents: 12, closesInMs: 56_000 }],
  });
  expect(status.instances[0]?.report).toMatchObject({
    ...{ version: '0.1.0', uptimeMs: 12_000, loopBusy: 0.25, delivery: { p99Ms: 3 } },
    clients: { connections: 3, sessions: 2, perSecond: { deliveries: 30 } },
  });
  stream.close();
});

test('what an instance told is over with its stream, and the instance is away', async () => {
  await core.hello('i1');
  const stream = await core.subscribe('i1');
  await stream.until((it) => it.type === 'welcome');
  await tell('i1', report(10_000, 100));
  stream.close();
  const stateNow = async () => (await statusOf()).instances[0]?.state;
  await expect.poll(stateNow, { timeout: 20_000 }).toBe('away');
  const status = await statusOf();
  expect(status.instances[0]).not.toHaveProperty('report');
  const codes = status.concerns.map((it) => it.code);
  expect(codes).toEqual(expect.arrayContaining(['no-gateway', 'instance-away']));
});

test('takes reports only of services whose stream is here, and only such as they are to be', async () => {
  await core.hello('i1');
  expect(await tell('i1', report(1, 1))).toMatchObject({ status: 409 });
  expect(await tell('i2', report(1, 1))).toMatchObject({ status: 409 });
  expect(await tell('i1', { vitals: {} })).toMatchObject({ status: 400 });
  expect(await tell('i1', 'x'.repeat(100_000))).toMatchObject({ status: 413 });
  const bot = { name: 'butler', scopes: ['read'], rooms: ['ops'] };
  const made = await core.order('POST', '/v1/bots', bot);
  const authorization = `Bearer ${made.json.token}`;
  const path = '/bus/v1/instances/i1/report';
  const byBot = await core.bus('PUT', path, JSON.stringify(report(1, 1)), {
    ...json,
    authorization,
  });
  expect(byBot).toMatchObject({ status: 403 });
});

test('followed, it tells again and again how everything is', async () => {
  const stream = await follow(core.adminPort, '/v1/status?watch=1');
  expect([stream.status, stream.type]).toEqual([200, 'application/x-ndjson']);
  const [first] = await stream.until((it) => it.type === 'status');
  expect(checked.Check((first as unknown as { status: Status }).status)).toBe(true);
  expect((first as unknown as { status: Status }).status.instances).toEqual([]);
  await core.hello('i1');
  await stream.until(
    (it) => (it as unknown as { status: Status }).status.instances[0]?.instance === 'i1',
  );
  stream.close();
});
