import { BlockList } from 'node:net';
import { createLog, createMetrics, createProxies } from '@partyline/service';
import { listen, type ServerOptions } from '../src/server.ts';

const log = createLog({ service: 'ws-gateway', instance: 'test', level: 'silent' });

/** The server, on a port that the system chose unless other URLs are given; nobody is behind it yet. */
export const openServer = async (options: Partial<ServerOptions> = {}) => {
  const metrics = createMetrics({ service: 'ws-gateway' });
  const server = await listen({
    urls: ['ws://127.0.0.1:0'],
    publicHost: 'localhost',
    backlog: 4_096,
    keepaliveMs: 0,
    handshakeMs: 10_000,
    proxies: createProxies([]),
    trustedProxies: new BlockList(),
    certificate: () => Promise.reject(new Error('nobody asked for TLS')),
    origins: undefined,
    maxConnections: 100,
    maxPerAddress: 0,
    maxDeflated: 0,
    ready: () => 'not yet',
    metrics,
    log,
    ...options,
  });
  const [url = ''] = server.endpoints;
  return {
    server,
    /** The first listener's. */
    url,
    port: Number(new URL(url).port),
    /** A line of the metrics that begins so, and its value. */
    async counted(beginning: string): Promise<number> {
      const lines = (await metrics.registry.metrics()).split('\n');
      return Number(
        lines
          .find((it) => it.startsWith(beginning))
          ?.split(' ')
          .at(-1) ?? 0,
      );
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};
