import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type BlockList, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { addressRanges, createLog, openCertificate } from '@partyline/service';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { openDoor } from './door.ts';

const thisMachine = addressRanges(['127.0.0.0/8', '::1']) as BlockList;

/** An upgrade as it stands on the wire. */
const upgrade = (...headers: string[]): string =>
  [
    'GET /ws HTTP/1.1',
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

/** A bare socket that has sent this. */
const send = (port: number, bytes: string): Socket => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(bytes);
  return socket;
};

const status = async (socket: Socket): Promise<string> => {
  const [bytes] = await once(socket, 'data');
  return String(bytes).split('\r\n', 1)[0] ?? '';
};

const proxied = (address: string): string => {
  const family = address.includes(':') ? 'TCP6' : 'TCP4';
  const own = family === 'TCP6' ? '::1' : '127.0.0.1';
  return `PROXY ${family} ${address} ${own} 4711 7010\r\n`;
};

describe('a client behind a proxy', () => {
  it('is who the PROXY protocol says', async () => {
    await using door = await openDoor({ proxies: thisMachine });
    send(door.port, proxied('192.0.2.1') + upgrade());
    expect((await door.nextGuest()).connection.address).toBe('192.0.2.1');
    send(door.port, proxied('2001:db8::1') + upgrade('X-Forwarded-For: 203.0.113.1'));
    expect((await door.nextGuest()).connection.address).toBe('2001:db8::1');
  });

  it('is nobody when a proxy that must tell does not', async () => {
    await using door = await openDoor({ proxies: thisMachine });
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
    ['the PROXY protocol', { proxies: thisMachine }, (it: string) => proxied(it) + upgrade()],
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
    await using door = await openDoor({ ...limits, proxies: thisMachine });
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
    ["a proxy's header and nothing more", { proxies: thisMachine }, proxied('192.0.2.1')],
    ["half a proxy's header", { proxies: thisMachine }, 'PROXY TCP4'],
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

describe('a listener over TLS', () => {
  const log = createLog({ service: 'test', instance: 'test', level: 'silent' });

  const openSecure = async (options: Parameters<typeof openDoor>[0] = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-wss-'));
    const own = (name: string) =>
      openCertificate({
        source: { type: 'own', file: join(folder, name), hosts: ['localhost'] },
        log,
        everyMs: 20,
      });
    const certificate = await own('one.pem');
    onTestFinished(() => {
      certificate[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    });
    const door = await openDoor({
      urls: ['wss://127.0.0.1:0'],
      certificate: async () => certificate,
      ...options,
    });
    const renew = async (): Promise<string> => {
      using next = await own('two.pem');
      writeFileSync(join(folder, 'one.pem'), next.pair.cert);
      return next.fingerprint;
    };
    const come = () => new WebSocket(door.url, 'partyline.v1', { rejectUnauthorized: false });
    return { door, certificate, renew, come };
  };

  const fingerprint = async (port: number): Promise<string | undefined> => {
    const socket: TLSSocket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const seen = socket.getPeerX509Certificate()?.fingerprint256;
    socket.destroy();
    return seen;
  };

  it('opens WebSockets, and serves health', async () => {
    const { door, come } = await openSecure();
    await using _ = door;
    expect(door.url).toMatch(/^wss:/);
    const client = come();
    const [guest] = await Promise.all([door.nextGuest(), once(client, 'open')]);
    client.send('hello');
    await expect.poll(() => guest.witness.heard).toEqual(['frame hello']);
    client.close(1000);
    await guest.witness.over;
  });

  it('shows a new certificate without cutting anybody off', async () => {
    const { door, certificate, renew, come } = await openSecure();
    await using _ = door;
    const client = come();
    const [guest] = await Promise.all([door.nextGuest(), once(client, 'open')]);
    expect(await fingerprint(door.port)).toBe(certificate.fingerprint);
    const next = await renew();
    await expect.poll(() => fingerprint(door.port)).toBe(next);
    client.send('still here');
    await expect.poll(() => guest.witness.heard).toEqual(['frame still here']);
  });

  it('knows who is behind a proxy that passes TLS on', async () => {
    const { door } = await openSecure({ proxies: thisMachine });
    await using _ = door;
    const socket = send(door.port, proxied('192.0.2.1'));
    const secure = connectTls({ socket, rejectUnauthorized: false });
    secure.write(upgrade());
    expect((await door.nextGuest()).connection.address).toBe('192.0.2.1');
    secure.destroy();
  });

  it('has a place again when somebody left', async () => {
    const { door } = await openSecure({ proxies: thisMachine, maxPerAddress: 1 });
    await using _ = door;
    const knock = async () => {
      const secure = connectTls({
        socket: send(door.port, proxied('192.0.2.1')),
        rejectUnauthorized: false,
      });
      secure.write(upgrade());
      const [answer] = await once(secure, 'data');
      return { secure, answer: String(answer) };
    };
    const first = await knock();
    expect(first.answer).toContain(' 101 ');
    const second = await knock();
    expect(second.answer).toContain(' 429 ');
    second.secure.destroy();
    first.secure.destroy();
    await (await door.nextGuest()).witness.over;
    await expect
      .poll(async () => {
        const { secure, answer } = await knock();
        if (!answer.includes(' 101 ')) secure.destroy();
        return answer;
      })
      .toContain(' 101 ');
  });

  it('tells those who come without TLS', async () => {
    const { door } = await openSecure();
    await using _ = door;
    const answer = await text(send(door.port, upgrade()));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('tls-needed');
    expect(await door.turnedAway('tls')).toBe(1);
  });
});
