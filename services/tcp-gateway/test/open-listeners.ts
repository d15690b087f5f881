import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Connection, createGateway, type Line } from '@partyline/gateway';
import { createLog, createMetrics, createProxies, untraced } from '@partyline/service';
import { onTestFinished } from 'vitest';
import { Clients } from '../src/clients.ts';
import { type ListenersOptions, listen } from '../src/listeners.ts';

/** A line that was never reached: enough for those who have not logged in. */
const silentLine = { congested: false } as Line;

const noCertificate = () => Promise.reject(new Error('nobody asked for TLS'));

/** Listens, with a gateway behind that nobody has reached the line from. */
export const start = async (
  urls: readonly string[],
  options: Partial<ListenersOptions & { maxConnections: number; maxPerAddress: number }> = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-listeners-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
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
    newTrace: untraced.newTrace,
  });
  const parts = new AsyncDisposableStack();
  const { maxConnections = 10, maxPerAddress = 0 } = options;
  const clients = parts.use(new Clients({ maxConnections, maxPerAddress }, log));
  const connections: Connection[] = [];
  clients.open({
    ...gateway,
    accept: (connection, dialect) => {
      connections.push(connection);
      return gateway.accept(connection, dialect);
    },
  });
  parts.defer(() => gateway.stop());
  try {
    const listeners = parts.use(
      await listen({
        ...{ urls, clients, folder, log, metrics },
        locale: 'zh-CN',
        publicHost: 'chat.example',
        backlog: 16,
        keepaliveMs: 60_000,
        handshakeMs: 10_000,
        proxies: createProxies([]),
        certificate: noCertificate,
        handedOver: new Map(),
        ...options,
      }),
    );
    return { parts, listeners, metrics, connections, folder };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
};

export const portOf = (endpoint = ''): number => Number(/:(\d+)$/.exec(endpoint)?.[1]);

export const to = (port: number): Socket => connect({ port, host: '127.0.0.1' });

/** The next line that a server says. */
export const hear = async (socket: Socket, said?: string | Buffer): Promise<string> => {
  if (said !== undefined) socket.write(said);
  const [line] = await once(createInterface(socket), 'line');
  socket.destroy();
  return String(line);
};

export const greeting = '欢迎，当前在线 0 人，请输入你的昵称';
