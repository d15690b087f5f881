import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createGateway, type Line } from '@partyline/gateway';
import { createLog, createMetrics, newTrace } from '@partyline/service';
import { describe, expect, test } from 'vitest';
import { Clients } from './clients.ts';
import { listen } from './listeners.ts';

/** A line that was never reached: enough for those who have not logged in. */
const silentLine = { congested: false } as Line;

const start = async (urls: readonly string[]) => {
  const log = createLog({ service: 'test', instance: 'test', level: 'silent' });
  const metrics = createMetrics({ service: 'test' });
  const gateway = createGateway({
    line: silentLine,
    settings: {
      highWaterBytes: 65_536,
      stallMs: 10_000,
      loginMs: 0,
      idleMs: 0,
      ...{ floodBurst: 100, floodPerSecond: 0 },
    },
    log,
    random: (length) => Buffer.alloc(length),
    newTrace,
  });
  const parts = new AsyncDisposableStack();
  const clients = parts.use(new Clients(10));
  clients.open(gateway);
  parts.defer(() => gateway.stop());
  try {
    const listeners = parts.use(
      await listen({
        ...{ urls, clients, log, metrics },
        locale: 'zh-CN',
        publicHost: 'chat.example',
        backlog: 16,
        keepaliveMs: 60_000,
      }),
    );
    return { parts, listeners, metrics };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
};

const portOf = (endpoint = ''): number => Number(/:(\d+)$/.exec(endpoint)?.[1]);

/** The next line that a server says. */
const hear = async (port: number, said?: string): Promise<string> => {
  const socket = connect({ port, host: '127.0.0.1' });
  if (said !== undefined) socket.write(said);
  const [line] = await once(createInterface(socket), 'line');
  socket.destroy();
  return String(line);
};

describe('listeners', () => {
  test('speak each its own dialect, and tell where they are', async () => {
    const { parts, listeners, metrics } = await start(['text+tcp://*:0', 'json+tcp://127.0.0.1:0']);
    await using _parts = parts;
    const [text, json] = listeners.endpoints;
    expect(text).toMatch(/^text\+tcp:\/\/chat\.example:\d+$/);
    expect(json).toMatch(/^json\+tcp:\/\/127\.0\.0\.1:\d+$/);
    expect(await hear(portOf(text))).toBe('欢迎，当前在线 0 人，请输入你的昵称');
    expect(await hear(portOf(json), 'hello\n')).toBe(
      '{"type":"error","code":"json-bad","message":"不是一行有效的 JSON 对象"}',
    );
    expect(await metrics.registry.metrics()).toMatch(/partyline_tcp_connections{wire="json\+tcp"/);
  });

  test('let nobody in any more once they are disposed, and let those be who are in', async () => {
    const { parts, listeners } = await start(['text+tcp://127.0.0.1:0']);
    await using _parts = parts;
    const port = portOf(listeners.endpoints[0]);
    const socket = connect({ port, host: '127.0.0.1' });
    const lines = createInterface(socket);
    await once(lines, 'line');
    listeners[Symbol.dispose]();
    await expect(hear(port)).rejects.toThrow('ECONNREFUSED');
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
