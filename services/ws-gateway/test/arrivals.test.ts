import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { proxied, proxiesHere, send, status, thisMachine, upgrade } from './bare-socket.ts';
import { openDoor } from './door.ts';

describe('a client behind a proxy', () => {
  it('is who the PROXY protocol says', async () => {
    await using door = await openDoor({ proxies: proxiesHere });
    send(door.port, proxied('192.0.2.1') + upgrade());
    expect((await door.nextGuest()).connection.address).toBe('192.0.2.1');
    send(door.port, proxied('2001:db8::1') + upgrade('X-Forwarded-For: 203.0.113.1'));
    expect((await door.nextGuest()).connection.address).toBe('2001:db8::1');
  });

  it('is nobody when a proxy that must tell does not', async () => {
    await using door = await openDoor({ proxies: proxiesHere });
    const socket = send(door.port, upgrade());
    await once(socket, 'close');
    expect(await door.turnedAway('proxy')).toBe(1);
  });

  it('is who X-Forwarded-For says, when the proxy is trusted', async () => {
    await using door = await openDoor({ trustedProxies: thisMachine });
    send(
      door.port,
      upgrade('X-Forwarded-For: 203.0.113.1, 192.0.2.1', 'X-Forwarded-For: 127.0.0.9'),
    );
    expect((await door.nextGuest()).connection.address).toBe('192.0.2.1');
  });

  it('is the proxy, when that is not trusted', async () => {
    await using door = await openDoor();
    send(door.port, upgrade('X-Forwarded-For: 192.0.2.1'));
    expect((await door.nextGuest()).connection.address).toBe('127.0.0.1');
  });
});

describe('connections of one address', () => {
  it.each([
    ['the PROXY protocol', { proxies: proxiesHere }, (it: string) => proxied(it) + upgrade()],
    [
      'X-Forwarded-For',
      { trustedProxies: thisMachine },
      (it: string) => upgrade(`X-Forwarded-For: ${it}`),
    ],
  ])('are limited as %s tells it, an IPv6 /64 being one', async (_, options, come) => {
    await using door = await openDoor({ maxPerAddress: 2, ...options });
    const knock = async (address: string) => {
      const socket = send(door.port, come(address));
      return { socket, status: await status(socket) };
    };
    const first = await knock('2001:db8::1');
    const second = await knock('2001:db8::2');
    const third = await knock('2001:db8::3');
    expect([first, second, third].map((it) => it.status)).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      'HTTP/1.1 101 Switching Protocols',
      'HTTP/1.1 429 Too Many Requests',
    ]);
    expect(await door.refused('address-crowded')).toBe(1);
    expect((await knock('2001:db8:0:1::1')).status).toContain('101');

    const guest = await door.nextGuest();
    first.socket.destroy();
    await guest.witness.over;
    await expect.poll(async () => (await knock('2001:db8::4')).status).toContain('101');
  });

  it('are 10,000: some are served, some told why not, the rest cut without a word, and others served', async () => {
    const limits = { maxPerAddress: 1_000, handshakeMs: 600_000 };
    await using door = await openDoor({ ...limits, proxies: proxiesHere });
    const cut = Promise.withResolvers<void>();
    let closed = 0;
    for (let come = 0; come < 10_000; come += 1) {
      const socket = send(door.port, proxied('192.0.2.1')).resume();
      socket.on('close', () => {
        closed += 1;
        if (closed === 8_900) cut.resolve();
      });
      if (come % 100 === 0) await once(socket, 'connect');
    }
    await cut.promise;
    expect(await door.turnedAway('dropped')).toBe(8_900);
    expect(await status(send(door.port, proxied('192.0.2.2') + upgrade()))).toContain('101');
  });
});

describe('a handshake that never ends', () => {
  it.each([
    ['no byte', {}, ''],
    ['half a request', {}, upgrade().slice(0, -2)],
    ["a proxy's header and nothing more", { proxies: proxiesHere }, proxied('192.0.2.1')],
    ["half a proxy's header", { proxies: proxiesHere }, 'PROXY TCP4'],
  ])('is cut in time: %s', async (_, options, bytes) => {
    await using door = await openDoor({ handshakeMs: 200, ...options });
    const { client } = await openDoorClient(door, options);
    const socket = send(door.port, bytes);
    await once(socket.resume(), 'close');
    // Who shook hands may be silent for longer.
    client?.ping();
    if (client !== undefined) await once(client, 'pong');
  });
});

const openDoorClient = async (
  door: Awaited<ReturnType<typeof openDoor>>,
  options: object,
): Promise<{ client?: WebSocket }> => ('proxies' in options ? {} : door.enter());
