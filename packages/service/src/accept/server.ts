import { once } from 'node:events';
import { createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import type { Log } from '../log.ts';
import { seldom } from '../seldom.ts';
import { sortAcceptError } from './accept-error.ts';

/** What every listening socket needs. */
export type AcceptOptions = {
  /** Connections that the kernel holds until they are accepted. */
  readonly backlog: number;
  /** How long a connection may be silent before the kernel asks whether it still is; 0 is never. */
  readonly keepaliveMs: number;
  readonly log: Log;
  /** Takes a new connection. */
  accept(socket: Socket): void;
  /** A connection could not be accepted. */
  acceptFailed(): void;
};

/** Listens; rejects when that can't be. */
export const openServer = async (
  place: Pick<ListenOptions, 'host' | 'port' | 'path'> | { readonly fd: number },
  options: AcceptOptions,
): Promise<Server> => {
  const { backlog, keepaliveMs, accept } = options;
  const server = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: keepaliveMs > 0,
    keepAliveInitialDelay: keepaliveMs,
  });
  server.on('connection', accept);
  server.listen({ ...place, backlog });
  await once(server, 'listening');
  server.on('error', acceptErrors(options));
  return server;
};

/**
 * What becomes of an error after the server listens. Node goes on accepting by itself; out of
 * descriptors, it closes at once what it can't keep, and most often doesn't even tell.
 */
const acceptErrors = ({ log, acceptFailed }: AcceptOptions) => {
  const tell = seldom();
  return (error: NodeJS.ErrnoException): void => {
    const { code } = error;
    acceptFailed();
    switch (sortAcceptError(code)) {
      case 'passing':
        log.debug({ code }, 'a connection broke before it was accepted');
        break;
      case 'exhausted':
        tell((others) =>
          log.warn(
            { code, others },
            'out of descriptors or memory: new connections are turned away',
          ),
        );
        break;
      case 'fatal':
        throw error;
    }
  };
};
