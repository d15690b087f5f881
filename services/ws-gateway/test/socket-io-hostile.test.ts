import { once } from 'node:events';
import type { ServiceProcess } from '@partyline/service/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Client } from './client.ts';
import { type System, startSystem, urlOf } from './program.ts';
import { SocketIoClient } from './socket-io-client.ts';

let system: System;
let gateway: ServiceProcess;
let url: string;

beforeAll(async () => {
  system = await startSystem();
  gateway = await system.startGateway({
    ...{ PARTYLINE_FLOOD_BURST: '5', PARTYLINE_FLOOD_PER_SECOND: '20' },
    PARTYLINE_WS_ORIGINS: 'https://chat.example.org',
  });
  url = urlOf(gateway);
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await system?.[Symbol.asyncDispose]();
});

const endpoint = (transport: string, more = ''): string =>
  `${url}/socket.io/?EIO=4&transport=${transport}${more}`;

/** A client of a bare WebSocket, which sends whatever it likes. */
const enterBare = async () => {
  const webSocket = new WebSocket(endpoint('websocket').replace('http:', 'ws:'));
  const told: string[] = [];
  webSocket.on('message', (data) => told.push(String(data)));
  const closed = once(webSocket, 'close').then(([code]) => code);
  await once(webSocket, 'open');
  webSocket.send('40');
  const saw = (text: string) =>
    expect.poll(() => told.some((it) => it.includes(text)), { timeout: 10_000 }).toBe(true);
  await saw('welcome');
  return { webSocket, told, closed, saw, [Symbol.dispose]: () => webSocket.terminate() };
};

/** A client that polls by hand. */
const enterPolling = async () => {
  const open = await (await fetch(endpoint('polling'))).text();
  const { sid } = JSON.parse(open.slice(1));
  const at = endpoint('polling', `&sid=${sid}`);
  const post = (body: string) => fetch(at, { method: 'POST', body });
  const poll = async () => (await fetch(at)).text();
  await post('40');
  return { post, poll };
};

describe('what is no packet, or none that is taken here', () => {
  it('is refused by an event that says why, and the connection goes on', async () => {
    using client = await enterBare();
    const { webSocket, saw, told } = client;
    for (const [frame, code] of [
      ['42["disconnect"]', 'packet-bad'],
      ['4', 'packet-bad'],
      ['4{}', 'packet-bad'],
      ['451000-["chat message",{"_placeholder":true,"num":0}]', 'binary-bad'],
      [`42[${JSON.stringify('x'.repeat(20_000))}]`, 'type-unknown'],
      [`42["chat message",${'['.repeat(15_000)}${']'.repeat(15_000)}]`, 'member-bad'],
    ] as const) {
      told.length = 0;
      webSocket.send(frame);
      await saw(`"code":"${code}"`);
    }
    told.length = 0;
    for (let n = 0; n < 20; n += 1) webSocket.send(Buffer.alloc(100));
    await saw('"code":"binary-bad"');
    webSocket.send('427["chat message","still here"]');
    await saw('437[{"ok":true');
  });

  it('is refused when a page sends binary data', async () => {
    using page = new SocketIoClient(url, { transports: ['websocket'] });
    await page.in();
    page.socket.emit('chat message', Buffer.from('hi'));
    await page.told('problem', { code: 'binary-bad' });
    expect(await page.socket.emitWithAck('chat message', 'text')).toMatchObject({ ok: true });
  });

  it.each([
    ['a frame over the limit', 'x'.repeat(40_000), 1009],
    ['no packet of Engine.IO', 'x', 1005],
  ])('ends the connection when it is %s', async (_what, frame, code) => {
    using client = await enterBare();
    client.webSocket.send(frame);
    expect(await client.closed).toBe(code);
  });
});

describe('polling', () => {
  it('holds back who sends too fast, and loses nothing of it', async () => {
    const reader = await Client.connect(url);
    await reader.login('reader');
    const { post } = await enterPolling();
    const packets = Array.from({ length: 10 }, (_, n) => `42["chat message","m${n}"]`);
    const began = Date.now();
    await post(packets.join('\u001e'));
    await post(packets.map((it) => it.replace('"m', '"n')).join('\u001e'));
    await post('42["chat message","last"]');
    // The last is not read before the 15 frames beyond the burst are, at 20 a second.
    expect(Date.now() - began).toBeGreaterThan(500);
    const texts: unknown[] = [];
    while (texts.at(-1) !== 'last') texts.push((await reader.next('broadcast')).message);
    expect(texts).toHaveLength(21);
    expect(texts.slice(0, 3)).toEqual(['m0', 'm1', 'm2']);
    reader[Symbol.dispose]();
  });

  it('has bodies of a bounded size', async () => {
    const { post } = await enterPolling();
    expect((await post(`42["chat message","${'x'.repeat(40_000)}"]`)).status).toBe(413);
  });

  it.each([
    ['a session that is unknown', 400, () => fetch(endpoint('polling', '&sid=none'))],
    [
      'a session that is named like what every object has',
      400,
      () => fetch(endpoint('polling', '&sid=__proto__')),
    ],
    ['an old revision', 400, () => fetch(endpoint('polling').replace('EIO=4', 'EIO=3'))],
    ['an unknown transport', 400, () => fetch(endpoint('pigeon'))],
    ['another path', 404, () => fetch(`${url}/socket.io/nothing`)],
    ['a handshake by POST', 400, () => fetch(endpoint('polling'), { method: 'POST', body: '40' })],
    [
      'a page of another origin',
      403,
      () => fetch(endpoint('polling'), { headers: { origin: 'https://evil.example' } }),
    ],
  ])('refuses %s', async (_what, status, ask) => {
    expect((await ask()).status).toBe(status);
  });

  it('lets pages of allowed origins read what they are told', async () => {
    const origin = 'https://chat.example.org';
    const answer = await fetch(endpoint('polling'), { headers: { origin } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    const evil = new WebSocket(endpoint('websocket').replace('http:', 'ws:'), {
      origin: 'https://evil.example',
    });
    const [error] = await once(evil, 'error');
    expect(String(error)).toContain('403');
  });
});

it.each(['websocket', 'polling'])(
  'does not take a client by %s for gone whom it holds back for longer than its pings allow',
  async (transport) => {
    await using patient = await system.startGateway({
      ...{ PARTYLINE_FLOOD_BURST: '5', PARTYLINE_FLOOD_PER_SECOND: '5' },
      PARTYLINE_WS_PING_MS: '1000',
    });
    const reader = await Client.connect(urlOf(patient));
    await reader.login(`reader-${transport}`);
    using page = new SocketIoClient(urlOf(patient), { transports: [transport] });
    await page.in();
    const broke = new Set<string>();
    page.socket.on('disconnect', (reason) => broke.add(reason));
    for (let n = 0; n < 40; n += 1) page.socket.emit('chat message', `${n}`);
    for (let n = 0; n < 40; n += 1)
      expect(await reader.next('broadcast')).toMatchObject({ message: `${n}` });
    expect([...broke]).toEqual([]);
    reader[Symbol.dispose]();
  },
);

it('takes no more clients than it is set to', async () => {
  await using small = await system.startGateway({ PARTYLINE_WS_MAX_CONNECTIONS: '2' });
  const at = `${urlOf(small)}/socket.io/?EIO=4&transport=polling`;
  const statuses = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await fetch(at)).status);
  expect(statuses).toEqual([200, 200, 503]);
});

it('lets clients know that it restarts, and they come back by themselves', async () => {
  await using first = await system.startGateway();
  const at = urlOf(first);
  using page = new SocketIoClient(at, { transports: ['websocket'] });
  await page.in();
  const reason = new Promise((resolve) => page.socket.on('disconnect', resolve));
  expect(await first.stop()).toBe(0);
  expect(await reason).toBe('transport close');
  expect(await page.told('close')).toMatchObject([{ code: 'shutdown', resume: true }]);
  const listeners = at.replace('http:', 'ws:');
  await using _ = await system.startGateway({ PARTYLINE_WS_LISTENERS: listeners });
  await expect.poll(() => page.socket.recovered, { timeout: 10_000 }).toBe(true);
});
