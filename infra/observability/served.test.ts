import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePorts } from '../../packages/faults/src/ports.ts';
import { type System, startSystem } from '../../packages/faults/src/system.ts';
import type { Metric } from '../../packages/service/src/index.ts';
import { readExposition } from './exposition.ts';
import { processMetrics, serviceMetrics } from './metrics-list.ts';

// All services as real processes, of which everything is asked that gives a series a label.

let system: System;
/** Where each service serves its metrics. */
let ports: Readonly<Record<string, number>>;

beforeAll(async () => {
  system = await startSystem({ PARTYLINE_UDP_MDNS: 'off' });
  const [udp = 0, udpOps = 0, dns = 0, http = 0] = await freePorts(4);
  await Promise.all([
    system.start('udp-discovery', {
      PARTYLINE_UDP_PORT: `${udp}`,
      PARTYLINE_UDP_OPS_PORT: `${udpOps}`,
      PARTYLINE_UDP_ANNOUNCE_MS: '0',
    }),
    system.start('dns-probe', { PARTYLINE_DNS_HOST: '127.0.0.1', PARTYLINE_DNS_PORT: `${dns}` }),
    system.start('http-static', {
      PARTYLINE_DATA: join(system.folder, 'http-static'),
      PARTYLINE_HTTP_HOST: '127.0.0.1',
      PARTYLINE_HTTP_PORT: `${http}`,
    }),
  ]);
  ports = {
    'chat-core': system.adminPort,
    'tcp-gateway': system.tcp.opsPort,
    'ws-gateway': system.ws.port,
    'udp-discovery': udpOps,
    'dns-probe': dns,
    'http-static': http,
  };
  const socket = connect(system.tcp.textPort, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('ann\nhello\n/join ?\n');
  await Promise.all([
    fetch(`http://127.0.0.1:${dns}/probe?name=localhost`),
    fetch(`http://127.0.0.1:${http}/r/lobby`),
    fetch(`http://127.0.0.1:${http}/nothing`, { method: 'PROPFIND' }),
    system.admin('/v1/overview'),
  ]);
  await vi.waitFor(
    async () => {
      const { samples } = await serving('tcp-gateway');
      const heard = samples.find((it) => it.name === 'partyline_bus_events_total');
      expect(heard?.value).toBeGreaterThan(0);
    },
    { timeout: 30_000 },
  );
  await system.admin('/v1/rooms/lobby/events');
  return () => void socket.destroy();
}, 60_000);
afterAll(() => system[Symbol.asyncDispose]());

const serving = async (service: string) => {
  const answer = await fetch(`http://127.0.0.1:${ports[service]}/metrics`);
  return readExposition(await answer.text());
};

const familyOf = (name: string, types: ReadonlyMap<string, string>): string =>
  types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');

describe.each(await serviceMetrics())('$service', ({ service, metrics }) => {
  const documented = async (): Promise<
    ReadonlyMap<string, Pick<Metric, 'labels'> & { kind: string }>
  > => new Map([...Object.values(metrics), ...(await processMetrics())].map((it) => [it.name, it]));
  /** Of what a test may have: TLS, and a garbage collection. */
  const mayBeMissing = new Set(['partyline_tls_certificate_not_after_timestamp_seconds']);

  it('serves every metric of the list, each as its type, and no other', async () => {
    const { types } = await serving(service);
    const list = [...(await documented())].map(([name, { kind }]) => [name, kind] as const);
    const expected = new Map(list.filter(([name]) => types.has(name) || !mayBeMissing.has(name)));
    expect(new Map([...types].sort())).toEqual(new Map([...expected].sort()));
  });

  it('labels its series as the list says', async () => {
    const { types, samples } = await serving(service);
    const list = await documented();
    for (const { name, labels } of samples) {
      const family = familyOf(name, types);
      const allowed = ['service', 'le', ...Object.keys(list.get(family)?.labels ?? {})];
      expect([name, Object.keys(labels).filter((it) => !allowed.includes(it))]).toEqual([name, []]);
    }
    expect(samples.length).toBeGreaterThan(50);
  });
});

it('counts what was said on its way', async () => {
  const gateway = await serving('tcp-gateway');
  const value = (name: string) => gateway.samples.find((it) => it.name === name)?.value;
  expect(value('partyline_bus_up')).toBe(1);
  expect(value('partyline_ready')).toBe(1);
  expect(value('partyline_bus_publish_seconds_count')).toBeGreaterThan(0);
  expect(value('partyline_bus_event_age_seconds_count')).toBeGreaterThan(0);
  expect(value('partyline_gateway_written_bytes_total')).toBeGreaterThan(10);
  expect(
    gateway.samples.find((it) => it.name === 'partyline_gateway_connections')?.labels,
  ).toMatchObject({ wire: 'text+tcp' });
  const core = await serving('chat-core');
  for (const name of ['partyline_backups_total', 'partyline_webhook_calls_total'])
    expect(core.samples).toContainEqual({
      name,
      labels: { service: 'chat-core', outcome: 'failed' },
      value: 0,
    });
  const routes = core.samples
    .filter((it) => it.name === 'partyline_http_request_seconds_count')
    .map((it) => it.labels.route);
  expect(routes).toContain('/bus/v1/publish');
  expect(routes).toContain('/v1/rooms/:room/events');
});
