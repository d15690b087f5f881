import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBus } from '@partyline/bus';
import type { Event } from '@partyline/protocol';
import { createLog } from '@partyline/service';
import { ServiceProcess } from '@partyline/service/testing';
import { expect, it } from 'vitest';
import { startDnsServer } from './dns-server.ts';

const program = (service: string) => new URL(`../../${service}/src/main.ts`, import.meta.url);
const token = 'the-bus-token-of-a-test';

/** A dns-probe that asks a DNS server of the test's. */
const startProbe = async (folder: string, dnsServer: string): Promise<ServiceProcess> =>
  ServiceProcess.start(program('dns-probe'), {
    PARTYLINE_BUS: `unix:${folder}/bus.sock`,
    PARTYLINE_BUS_TOKEN: token,
    PARTYLINE_DNS_HOST: '127.0.0.1',
    PARTYLINE_DNS_PORT: '0',
    PARTYLINE_DNS_SERVERS: dnsServer,
  });

const urlOf = async (service: ServiceProcess): Promise<string> =>
  (await service.logged(/^listening on/)).msg.replace('listening on ', '');

const temporaryFolder = async (parts: AsyncDisposableStack): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-dns-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

it('answers over HTTP, also while chat-core is away, and ends with 0', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const dns = parts.use(await startDnsServer(() => ({ rcode: 3 })));
  const probe = parts.use(await startProbe(folder, dns.address));
  const url = await urlOf(probe);

  const answer = await fetch(`${url}/probe?name=localhost&type=A`);
  expect(await answer.json()).toMatchObject({
    name: 'localhost',
    lookup: { result: 'found', records: ['127.0.0.1'] },
    resolve: [{ type: 'A', result: 'nxdomain' }],
    differences: [{ between: 'system-and-servers', why: 'hosts-file' }],
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
    /partyline_dns_probes_total\{asked="http",outcome="answered",.*\} 1/,
  );
  expect(await probe.stop()).toBe(0);
});

it('answers /dns in the room in which it was used', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const url = `unix:${folder}/bus.sock`;
  parts.use(
    await ServiceProcess.start(program('chat-core'), {
      ...{ PARTYLINE_DATA: folder, PARTYLINE_BUS: url, PARTYLINE_BUS_TOKEN: token },
      ...{ PARTYLINE_ADMIN_PORT: '0', PARTYLINE_ADMIN_TOKEN: 'the-admin-token-of-a-test' },
    }),
  );
  const dns = parts.use(
    await startDnsServer((_name, type) =>
      type === 'A' ? { addresses: ['192.0.2.7'] } : { addresses: [] },
    ),
  );
  const probe = parts.use(await startProbe(folder, dns.address));
  const answered = Promise.withResolvers<Event>();
  const session = 'session-of-ann1';
  const bus = parts.use(
    createBus({
      ...{ url, token, instance: 'trial-00000001' },
      log: createLog({ service: 'trial', instance: 'trial-00000001', level: 'fatal' }),
      hello: () => ({
        kind: 'trial',
        ...{ endpoints: [], commands: [], sessions: [session], rooms: [] },
      }),
      onLine: (lines) => {
        for (const it of lines)
          if (it.type === 'event' && it.event.kind === 'notice') answered.resolve(it.event);
      },
      onLost: () => {},
      onReset: () => {},
    }),
  );
  const opened = await bus.publish({
    ...{ id: 'open', session },
    command: {
      ...{ type: 'open', nick: 'ann', wire: 'test' },
      token: `${session}.${'s'.repeat(32)}`,
    },
  });
  expect(opened).toMatchObject({ type: 'opened' });
  bus.follow('lobby', 0);

  const ask = (id: string) =>
    bus.publish({
      ...{ id, session },
      command: { type: 'invoke', name: 'dns', args: 'localhost A', room: 'lobby' },
    });
  // The command is served from the moment at which dns-probe has said hello.
  const readiness = `${await urlOf(probe)}/readyz`;
  await expect.poll(async () => (await fetch(readiness)).status, { timeout: 20_000 }).toBe(200);
  expect(await ask('i1')).toMatchObject({ type: 'done' });
  expect(await answered.promise).toMatchObject({
    ...{ room: 'lobby', nick: 'dns' },
    text: expect.stringMatching(/^localhost system: 127\.0\.0\.1.*\nlocalhost A: 192\.0\.2\.7/),
  });
});
