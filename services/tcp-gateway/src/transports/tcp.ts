import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { bindHost } from '@partyline/service';
import { sortAcceptError } from './accept-error.ts';
import type { Listening, ListenOptions, Transport } from './transport.ts';

/** How often, at most, the log says that connections can't be accepted. */
const WARN_MS = 10_000;

/** TCP, on `//HOST:PORT`; the host `*` is every address of the machine. */
export const tcp: Transport = {
  example: '//*:7001',
  fits: ({ hostname, port, pathname, search, hash }) =>
    hostname !== '' && port !== '' && /^\/?$/.test(pathname) && search === '' && hash === '',
  listen: async (url, options) => {
    const { backlog, keepaliveMs, accept } = options;
    const server = createServer({
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: keepaliveMs > 0,
      keepAliveInitialDelay: keepaliveMs,
    });
    server.on('connection', accept);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    server.listen({ host: bindHost(host), port: Number(url.port), backlog });
    await once(server, 'listening');
    server.on('error', acceptErrors(options));
    return listening(server, url.hostname);
  },
};

const listening = (server: Server, host: string): Listening => {
  const { port } = server.address() as AddressInfo;
  return {
    address: (publicHost) => `//${isEveryAddress(host) ? publicHost : host}:${port}`,
    stop: () => void server.close(),
  };
};

const isEveryAddress = (host: string): boolean => ['*', '[::]', '0.0.0.0'].includes(host);

/**
 * What becomes of an error after the server listens. Node goes on accepting by itself; out of
 * descriptors, it closes at once what it can't keep, and most often doesn't even tell.
 */
const acceptErrors = ({ log, acceptFailed }: ListenOptions) => {
  let warnedAt = Number.NEGATIVE_INFINITY;
  return (error: NodeJS.ErrnoException): void => {
    const { code } = error;
    acceptFailed();
    switch (sortAcceptError(code)) {
      case 'passing':
        log.debug({ code }, 'a connection broke before it was accepted');
        break;
      case 'exhausted':
        if (performance.now() - warnedAt < WARN_MS) return;
        warnedAt = performance.now();
        log.warn({ code }, 'out of descriptors or memory: new connections are turned away');
        break;
      case 'fatal':
        throw error;
    }
  };
};
