import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { createProxies } from '@partyline/service';
import { makeCertificate } from '@partyline/service/testing/certificate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { greeting, hear, portOf, start, to } from './open-listeners.ts';

/** A certificate that goes with the test. */
const shownHere = async () => {
  const it = await makeCertificate();
  onTestFinished(() => it[Symbol.dispose]());
  return it;
};

const openTls = async (options: Parameters<typeof start>[1] = {}) => {
  const { certificate, renew } = await shownHere();
  const opened = await start(['text+tls://127.0.0.1:0'], {
    certificate: async () => certificate,
    ...options,
  });
  onTestFinished(() => opened.parts.disposeAsync());
  const port = portOf(opened.listeners.endpoints[0]);
  const come = (more: ConnectionOptions & { allowHalfOpen?: boolean } = {}): TLSSocket => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...more });
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  return { ...opened, certificate, renew, port, come };
};

const failures = async ({ metrics }: Awaited<ReturnType<typeof openTls>>): Promise<number> => {
  const text = await metrics.registry.metrics();
  return Number(/handshake_failures_total{.*} (\d+)/.exec(text)?.[1]);
};

const fingerprintSeen = async (socket: TLSSocket): Promise<string | undefined> => {
  await once(socket, 'secureConnect');
  return socket.getPeerX509Certificate()?.fingerprint256;
};

describe('a listener on TLS', () => {
  test('speaks its dialect behind the certificate', async () => {
    const { come, certificate, connections } = await openTls();
    const socket = come();
    expect(await fingerprintSeen(socket)).toBe(certificate.fingerprint);
    expect(await hear(socket)).toBe(greeting);
    expect(connections).toMatchObject([{ wire: 'text+tls', address: '127.0.0.1' }]);
  });

  test('takes TLS 1.2 and nothing older', async () => {
    const { come } = await openTls();
    expect(await hear(come({ maxVersion: 'TLSv1.2' }))).toBe(greeting);
    const old = come({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    await expect(once(old, 'secureConnect')).rejects.toMatchObject({
      code: expect.stringMatching(/PROTOCOL/),
    });
  });

  test('agrees on its own protocol, and refuses who asks only for others', async () => {
    const { come } = await openTls();
    const socket = come({ ALPNProtocols: ['text'] });
    await once(socket, 'secureConnect');
    expect(socket.alpnProtocol).toBe('text');
    await expect(
      once(come({ ALPNProtocols: ['h2', 'http/1.1'] }), 'secureConnect'),
    ).rejects.toThrow(/no application protocol/);
  });

  test('knows a client by the certificate that it shows', async () => {
    const { come, connections } = await openTls();
    const { certificate: clients } = await shownHere();
    expect(await hear(come(clients.pair))).toBe(greeting);
    expect(await hear(come())).toBe(greeting);
    const shown = clients.fingerprint.replaceAll(':', '').toLowerCase();
    expect(connections.map(({ certificate }) => certificate)).toEqual([shown, undefined]);
  });

  test('lets clients take their sessions up again', async () => {
    const { come } = await openTls();
    const first = come();
    first.resume();
    const [session] = await once(first, 'session');
    const second = come({ session });
    await once(second, 'secureConnect');
    expect(second.isSessionReused()).toBe(true);
  });

  test('shows a new certificate to who comes, and parts with nobody', async () => {
    const { come, renew } = await openTls();
    const before = come();
    const lines = createInterface(before);
    await once(lines, 'line');
    const expected = await renew();
    await vi.waitFor(async () => expect(await fingerprintSeen(come())).toBe(expected), 20_000);
    before.write('/help\n');
    expect(String(await once(lines, 'line'))).toContain('命令');
  });

  test('gives who ends its side what is pending', async () => {
    const { come } = await openTls();
    const socket = come({ allowHalfOpen: true });
    await once(socket, 'secureConnect');
    socket.end('/help\n');
    const heard = await textOf(socket);
    expect(heard).toContain('/quit');
  });

  test('takes the header of a proxy before the handshake, even in one packet with it', async () => {
    const proxies = createProxies(['127.0.0.1']);
    const { port, connections } = await openTls({ proxies });
    const raw = to(port);
    const [header, first] = ['PROXY TCP4 192.0.2.7 192.0.2.1 4711 7701\r\n', vi.fn()];
    const front = new Duplex({
      read: () => {},
      write: (chunk, _encoding, done) => {
        raw.write(
          first.mock.calls.length > 0 ? chunk : Buffer.concat([Buffer.from(header), chunk]),
        );
        first();
        done();
      },
    });
    raw.on('data', (chunk) => front.push(chunk));
    const socket = connect({ socket: front, rejectUnauthorized: false });
    onTestFinished(() => void socket.destroy());
    expect(await hear(socket)).toBe(greeting);
    expect(connections.map(({ address }) => address)).toEqual(['192.0.2.7']);
  });
});

describe('who does not speak TLS to a listener on TLS', () => {
  const explanation = '此端口使用 TLS，请用 TLS 连接，或改用不加密的端口';

  test.each(['hello\n', 'GET / HTTP/1.1\r\n\r\n', '{"type":"login"}\n'])(
    'is told what is wrong: %j',
    async (said) => {
      const opened = await openTls();
      expect(await hear(to(opened.port), said)).toBe(explanation);
      expect(await failures(opened)).toBe(1);
      expect(opened.connections).toEqual([]);
    },
  );

  test('is told so too when it waits to be greeted', async () => {
    const { port } = await openTls({ handshakeMs: 100 });
    expect(await hear(to(port))).toBe(explanation);
  });

  test('ends cleanly, and others talk on', async () => {
    const { port } = await openTls();
    const socket = to(port);
    socket.end('hello\n');
    expect(await textOf(socket)).toBe(`${explanation}\r\n`);
  });
});

describe('a handshake that comes to nothing', () => {
  const closed = (socket: Socket): Promise<unknown> =>
    new Promise((resolve) =>
      socket
        .on('error', () => {})
        .resume()
        .on('close', resolve),
    );

  test.each([
    ['of garbage', Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8])],
    [
      'of an endless record',
      Buffer.concat([Buffer.from([0x16, 3, 1, 0xff, 0xff]), Buffer.alloc(70_000, 1)]),
    ],
  ])('%s is ended, and counted', async (_what, bytes) => {
    const opened = await openTls();
    const socket = to(opened.port);
    socket.write(bytes);
    await closed(socket);
    await vi.waitFor(async () => expect(await failures(opened)).toBe(1), 20_000);
    expect(await hear(opened.come())).toBe(greeting);
  });

  test('in time is ended', async () => {
    const opened = await openTls({ handshakeMs: 200 });
    const socket = to(opened.port);
    socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1]));
    await closed(socket);
    expect(await failures(opened)).toBe(1);
  });

  test('gives its place back', async () => {
    const { port, come } = await openTls({ maxConnections: 1 });
    const socket = to(port);
    socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1]));
    const full = come();
    expect(await hear(full)).toBe('服务器已满，请稍后再试');
    socket.destroy();
    await vi.waitFor(async () => expect(await hear(come())).toBe(greeting), 20_000);
  });
});
