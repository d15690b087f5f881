import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from '@partyline/service/testing';
import { expect, it } from 'vitest';

const program = (service: string) => new URL(`../../${service}/src/main.ts`, import.meta.url);

const settings = (folder: string) => ({
  PARTYLINE_BUS: `unix:${folder}/bus.sock`,
  PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
  PARTYLINE_PUBLIC_HOST: 'lab.example',
  PARTYLINE_NAME: 'Lab',
  PARTYLINE_UDP_PORT: '0',
  PARTYLINE_UDP_OPS_PORT: '0',
});

const temporaryFolder = async (parts: AsyncDisposableStack): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-udp-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Asks until there is an answer: a datagram may be lost, and the directory is filled in time. */
const discover = async (port: number): Promise<Record<string, unknown>> => {
  const socket = createSocket('udp4');
  const ask = setInterval(() => socket.send('{"type":"discover"}', port, '127.0.0.1'), 100);
  try {
    const [answer] = await once(socket, 'message');
    return JSON.parse(answer);
  } finally {
    clearInterval(ask);
    socket.close();
  }
};

const portOf = async (service: ServiceProcess): Promise<number> =>
  Number((await service.logged('listening')).port);
const opsOf = async (service: ServiceProcess): Promise<string> =>
  (await service.logged(/^listening on/)).msg.replace('listening on ', '');

it('tells who asks where everything is, and ends with 0', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const core = await ServiceProcess.start(program('chat-core'), {
    ...settings(folder),
    PARTYLINE_DATA: folder,
    PARTYLINE_ADMIN_PORT: '0',
    PARTYLINE_ADMIN_TOKEN: 'the-admin-token-of-a-test',
  });
  parts.use(core);
  const udp = await ServiceProcess.start(program('udp-discovery'), settings(folder));
  parts.use(udp);

  const port = await portOf(udp);
  expect(await discover(port)).toMatchObject({
    ...{ type: 'partyline', name: 'Lab' },
    endpoints: expect.arrayContaining([`udp://lab.example:${port}`]),
  });
  expect((await fetch(`${await opsOf(udp)}/readyz`)).status).toBe(200);

  await core[Symbol.asyncDispose]();
  expect(await discover(port)).toMatchObject({ name: 'Lab' });
  expect(await udp.stop()).toBe(0);
});

it('starts, is healthy but not ready, and stops while chat-core is away', async () => {
  await using parts = new AsyncDisposableStack();
  const udp = await ServiceProcess.start(
    program('udp-discovery'),
    settings(await temporaryFolder(parts)),
  );
  parts.use(udp);
  const ops = await opsOf(udp);
  expect((await fetch(`${ops}/healthz`)).status).toBe(200);
  const answer = await fetch(`${ops}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'unavailable' }]);
  expect(await udp.stop()).toBe(0);
});

it('names the setting of a port in use', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const socket = createSocket('udp4');
  parts.defer(() => new Promise((closed) => socket.close(() => closed(undefined))));
  socket.bind(0);
  await once(socket, 'listening');
  await using udp = new ServiceProcess(program('udp-discovery'), {
    ...settings(folder),
    PARTYLINE_UDP_PORT: String(socket.address().port),
  });
  expect(await udp.ended).toBe(1);
  expect(udp.log.at(-1)).toMatchObject({ settings: ['PARTYLINE_UDP_PORT'] });
});
