import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bindHost } from '@partyline/service';
import type { FastifyInstance } from 'fastify';

/** Time for the head of a request, and how often that is looked after. */
const HEADERS_MS = 10_000;
const CHECK_MS = 2_000;

/** Longer than the minute that proxies commonly keep theirs, so that none sends into one just being closed. */
const KEEP_ALIVE_MS = 72_000;

/** How long a client may be silent before the kernel asks whether it still is. */
const TCP_KEEP_ALIVE_MS = 60_000;

/** How long downloads under way may go on when the server stops. */
const STOP_MS = 3_000;

/**
 * The listening server. Disposed, it takes no more requests, and cuts those that take too long.
 */
export interface HttpServer extends AsyncDisposable {
  readonly port: number;
  /** Serves the site from now on; until then everybody is asked to come later. */
  open(site: FastifyInstance): void;
  /** Takes no new connections. */
  stop(): void;
}

const comeLater: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end();
};

/** Listens at an address; port 0 lets the system choose. */
export const listen = async ({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<HttpServer> => {
  let serve = comeLater;
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: CHECK_MS,
      // An upload takes as long as it takes; the site looks after other bodies.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
      noDelay: true,
    },
    (request, response) => serve(request, response),
  );
  server.listen({ host: bindHost(host), port });
  await once(server, 'listening');
  let closed: Promise<unknown> | undefined;
  const stop = (): Promise<unknown> => {
    closed ??= new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    return closed;
  };
  return {
    port: (server.address() as AddressInfo).port,
    open: (site) => {
      serve = (request, response) => site.routing(request, response);
    },
    stop: () => void stop(),
    [Symbol.asyncDispose]: async () => {
      const cut = setTimeout(() => server.closeAllConnections(), STOP_MS);
      await stop();
      clearTimeout(cut);
    },
  };
};
