import { randomBytes } from 'node:crypto';
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

it('says in the lobby what comes by datagram, once, and confirms it; hostile datagrams change nothing', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const admin = { authorization: 'Bearer the-admin-token-of-a-test' };
  const core = await ServiceProcess.start(program('chat-core'), {
    ...settings(folder),
    PARTYLINE_DATA: folder,
    PARTYLINE_ADMIN_PORT: '0',
    PARTYLINE_ADMIN_TOKEN: 'the-admin-token-of-a-test',
  });
  parts.use(core);
  const udp = await ServiceProcess.start(program('udp-discovery'), {
    ...settings(folder),
    PARTYLINE_UDP_ANSWERS_BURST: '10000',
  });
  parts.use(udp);
  const port = await portOf(udp);
  await discover(port);

  const socket = createSocket('udp4');
  parts.defer(() => new Promise((closed) => socket.close(() => closed(undefined))));
  const told: Record<string, unknown>[] = [];
  socket.on('message', (it) => told.push(JSON.parse(it.toString())));
  const send = (it: string | Buffer) => socket.send(it, port, '127.0.0.1');
  for (let length = 0; length <= 2_000; length += 1) send(randomBytes(length));
  send(`{"type":"broadcast","message":${'['.repeat(30_000)}`);
  const message = { type: 'broadcast', nickname: 'ann', message: 'by datagram', id: 'm1' };
  send(JSON.stringify(message));
  // Sent again until it is confirmed, as a program would.
  await expect
    .poll(
      () => {
        send(JSON.stringify(message));
        return told.find((it) => it.id === 'm1');
      },
      { timeout: 20_000 },
    )
    .toMatchObject({ id: 'm1', room: 'lobby', nickname: 'ann' });

  const api = (await core.logged(/^listening on/)).msg.replace('listening on ', '');
  const said = async (): Promise<readonly string[]> => {
    // Among random bytes are some that are text, and were said.
    const page = await fetch(`${api}/v1/rooms/lobby/events?limit=500`, { headers: admin });
    const { events } = (await page.json()) as { events: { text: string }[] };
    return events.map((it) => it.text).filter((it) => /^(by datagram|bare words)$/.test(it));
  };
  await expect
    .poll(
      () => {
        send('bare words\n');
        return said();
      },
      { timeout: 20_000 },
    )
    .toEqual(['by datagram', 'bare words']);
  await expect.poll(() => told.some((it) => String(it.nickname).startsWith('guest-'))).toBe(true);
  expect(await udp.stop()).toBe(0);
});
