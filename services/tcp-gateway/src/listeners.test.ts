import { once } from 'node:events';
import { renameSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as textOf } from 'node:stream/consumers';
import { createProxies } from '@partyline/service';
import { describe, expect, test, vi } from 'vitest';
import { greeting, hear, portOf, start, to } from '../test/open-listeners.ts';

describe('listeners', () => {
  test('speak each its own dialect, and tell where they are', async () => {
    const { parts, listeners, metrics } = await start(['text+tcp://*:0', 'json+tcp://127.0.0.1:0']);
    await using _parts = parts;
    const [text, json] = listeners.endpoints;
    expect(text).toMatch(/^text\+tcp:\/\/chat\.example:\d+$/);
    expect(json).toMatch(/^json\+tcp:\/\/127\.0\.0\.1:\d+$/);
    expect(await hear(to(portOf(text)))).toBe(greeting);
    expect(await hear(to(portOf(json)), 'hello\n')).toBe(
      '{"type":"error","code":"json-bad","message":"不是一行有效的 JSON 对象"}',
    );
    expect(await metrics.registry.metrics()).toMatch(
      /partyline_tcp_connections{listener="json\+tcp:\/\/127\.0\.0\.1:0",wire="json\+tcp"/,
    );
  });

  test('let nobody in any more once they are disposed, and let those be who are in', async () => {
    const { parts, listeners } = await start(['text+tcp://127.0.0.1:0']);
    await using _parts = parts;
    const port = portOf(listeners.endpoints[0]);
    const socket = to(port);
    const lines = createInterface(socket);
    await once(lines, 'line');
    listeners[Symbol.dispose]();
    await expect(hear(to(port))).rejects.toThrow('ECONNREFUSED');
    socket.write('/help\n');
    expect(String(await once(lines, 'line'))).toContain('命令');
    socket.destroy();
  });

  test('open none at all when one of them cannot be opened', async () => {
    const { parts, listeners } = await start(['text+tcp://127.0.0.1:0']);
    await using _parts = parts;
    const taken = listeners.endpoints[0] ?? '';
    await expect(start(['json+tcp://127.0.0.1:0', taken])).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port: portOf(taken),
    });
  });
});

describe('a Unix socket', () => {
  const url = 'text+unix:text.sock';

  test('is in the data folder, and gone when nobody listens', async () => {
    const { parts, listeners, folder, connections } = await start([url]);
    const path = join(folder, 'text.sock');
    expect(listeners.endpoints).toEqual([`text+unix://${path}`]);
    expect(await hear(connect(path))).toBe(greeting);
    expect(connections.map(({ wire, address }) => [wire, address])).toEqual([
      ['text+unix', undefined],
    ]);
    await parts.disposeAsync();
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('that nobody answers on any more is replaced', async () => {
    const { parts, folder } = await start([]);
    await using _parts = parts;
    const stale = createServer().listen(join(folder, 'left.sock'));
    await once(stale, 'listening');
    // Closed without its file being taken away, as when a process is killed.
    renameSync(join(folder, 'left.sock'), join(folder, 'text.sock'));
    stale.close();
    const { parts: others } = await start([url], { folder });
    await using _others = others;
    expect(await hear(connect(join(folder, 'text.sock')))).toBe(greeting);
  });

  test('that somebody answers on is left alone', async () => {
    const { parts, folder } = await start([url]);
    await using _parts = parts;
    await expect(start([url], { folder })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await hear(connect(join(folder, 'text.sock')))).toBe(greeting);
  });

  test('whose path no kernel takes is told with the setting', async () => {
    const opened = start([`text+unix:${'deep/'.repeat(40)}text.sock`]);
    await expect(opened).rejects.toThrow(/PARTYLINE_TCP_LISTENERS: the path .* is longer than/);
  });
});

describe('a socket that was handed over', () => {
  test('that is none is told with those that are', async () => {
    const handedOver = new Map([['json', 3]]);
    await expect(start(['text+tcp:fd:text'], { handedOver })).rejects.toThrow(
      'PARTYLINE_TCP_LISTENERS has fd:text, which is no socket that was handed over (LISTEN_FDS): there are fd:json.',
    );
  });
});

describe('clients behind a proxy', () => {
  const proxies = createProxies(['127.0.0.0/8']);
  const url = 'json+tcp://127.0.0.1:0';
  const header = 'PROXY TCP4 192.0.2.7 192.0.2.1 4711 7002\r\n';

  test('are known by the address that it tells', async () => {
    const { parts, listeners, connections } = await start([url], { proxies });
    await using _parts = parts;
    const socket = to(portOf(listeners.endpoints[0]));
    expect(await hear(socket, `${header}hello\n`)).toContain('json-bad');
    expect(connections.map(({ address }) => address)).toEqual(['192.0.2.7']);
  });

  test('are limited by that address', async () => {
    const { parts, listeners } = await start([url], { proxies, maxPerAddress: 1 });
    await using _parts = parts;
    const first = to(portOf(listeners.endpoints[0]));
    first.write(`${header}hello\n`);
    await once(first, 'data');
    const second = to(portOf(listeners.endpoints[0]));
    expect(JSON.parse(await hear(second, header))).toMatchObject({
      type: 'close',
      code: 'crowded',
    });
    first.destroy();
  });

  test.each([
    ['has no header', 'hello\n'],
    ['has a bad one', 'PROXY TCP4 nonsense\r\n'],
  ])('are refused when it %s', async (_what, sent) => {
    const { parts, listeners, connections, metrics } = await start([url], { proxies });
    await using _parts = parts;
    const socket = to(portOf(listeners.endpoints[0]));
    socket.on('error', () => {}).write(sent);
    expect(await textOf(socket).catch(() => '')).toBe('');
    expect(connections).toEqual([]);
    expect(await metrics.registry.metrics()).toMatch(/turned_away_total{.*reason="proxy".*} 1/);
  });

  test('who are not behind one of those stated cannot say so', async () => {
    const { parts, listeners, connections } = await start([url]);
    await using _parts = parts;
    const socket = to(portOf(listeners.endpoints[0]));
    expect(await hear(socket, header)).toContain('json-bad');
    expect(connections.map(({ address }) => address)).toEqual(['127.0.0.1']);
  });

  test('are waited for no longer than is set', async () => {
    const { parts, listeners, connections } = await start([url], { proxies, handshakeMs: 100 });
    await using _parts = parts;
    const socket = to(portOf(listeners.endpoints[0]));
    socket.write('PROXY TCP4');
    await once(
      socket.resume().on('error', () => {}),
      'close',
    );
    expect(connections).toEqual([]);
  });
});

describe('clients that are too many', () => {
  test('of one address are told so in their dialect, and served when one has left', async () => {
    const proxies = createProxies(['127.0.0.1']);
    const { parts, listeners } = await start(['text+tcp://127.0.0.1:0'], {
      ...{ proxies, maxPerAddress: 1 },
    });
    await using _parts = parts;
    const header = 'PROXY TCP6 2001:db8::7 ::1 1 2\r\n';
    const come = () => hear(to(portOf(listeners.endpoints[0])), header);
    const first = to(portOf(listeners.endpoints[0]));
    first.write(header);
    await once(first, 'data');
    expect(await come()).toBe('来自你的地址的连接过多，请关闭一些或稍后再试');
    first.destroy();
    await vi.waitFor(async () => expect(await come()).toBe(greeting), 20_000);
  });
});
