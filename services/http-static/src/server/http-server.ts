import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Locale } from '@partyline/protocol';
import { bindHost, type Certificate } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { HEAD_BYTES, refusal } from './refusal.ts';

/** Time for the head of a request and for a TLS handshake, and how often they are looked after. */
const HEADERS_MS = 10_000;
const CHECK_MS = 2_000;

/** Longer than the minute that proxies commonly keep theirs, so that none sends into one just being closed. */
const KEEP_ALIVE_MS = 72_000;

/** How long a client may be silent before the kernel asks whether it still is. */
const TCP_KEEP_ALIVE_MS = 60_000;

/** How long downloads under way may go on when the server stops. */
const STOP_MS = 3_000;

/** Requests that one HTTP/2 connection may have under way. */
const CONCURRENT_STREAMS = 100;

/** A listening server. Disposed, it takes no more requests, and cuts those that take too long. */
export interface HttpServer extends AsyncDisposable {
  readonly port: number;
  /** Serves the site from now on; until then everybody is asked to come later. */
  open(site: FastifyInstance): void;
  /** Takes no new connections. */
  stop(): void;
}

export type Address = {
  readonly host: string;
  readonly port: number;
  /** The language in which bytes are refused that are no request. */
  readonly locale: Locale;
};

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

const comeLater: Serve = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end();
};

const started = async (
  make: (serve: Serve) => Server | Http2SecureServer,
  { host, port, locale }: Address,
): Promise<HttpServer> => {
  let serve = comeLater;
  /** The answer that is under way on a connection; nothing else may be written into it. */
  const answers = new WeakMap<Duplex, ServerResponse>();
  const server = make((request, response) => {
    const { socket } = request;
    answers.set(socket, response);
    response.on('close', () => answers.delete(socket));
    serve(request, response);
  });
  server.on('clientError', (error: Error, socket: Duplex) => {
    const isAnswered = answers.get(socket)?.headersSent === true;
    if (socket.writable && !isAnswered) socket.write(refusal(error, locale));
    socket.destroy();
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen({ host: bindHost(host), port });
  await once(server, 'listening');

  let closed: Promise<unknown> | undefined;
  const stop = (): Promise<unknown> => {
    closed ??= new Promise((resolve) => server.close(resolve));
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    return closed;
  };
  return {
    port: (server.address() as AddressInfo).port,
    open: (site) => {
      serve = (request, response) => site.routing(request, response);
    },
    stop: () => void stop(),
    [Symbol.asyncDispose]: async () => {
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, STOP_MS);
      await stop();
      clearTimeout(cut);
    },
  };
};

/** Listens for HTTP/1.1; port 0 lets the system choose. */
export const listen = (address: Address): Promise<HttpServer> =>
  started(
    (serve) =>
      createServer(
        {
          maxHeaderSize: HEAD_BYTES,
          headersTimeout: HEADERS_MS,
          connectionsCheckingInterval: CHECK_MS,
          // An upload takes as long as it takes; the site looks after other bodies.
          requestTimeout: 0,
          keepAliveTimeout: KEEP_ALIVE_MS,
          // The site does, and says so.
          requireHostHeader: false,
          noDelay: true,
        },
        serve,
      ),
    address,
  );

/** Listens for HTTP/2 and HTTP/1.1 over TLS, always with the newest certificate. */
export const listenSecurely = (address: Address, certificate: Certificate): Promise<HttpServer> =>
  started((serve) => {
    const options = {
      ...certificate.pair,
      allowHTTP1: true,
      maxHeaderSize: HEAD_BYTES,
      handshakeTimeout: HEADERS_MS,
      requireHostHeader: false,
      settings: { maxConcurrentStreams: CONCURRENT_STREAMS },
    };
    // The compatibility API of node:http2 is that of node:http, by intent.
    const server = createSecureServer(options, serve as unknown as never);
    Object.assign(server, {
      headersTimeout: HEADERS_MS,
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
    const sessions = new Set<{ close(): void }>();
    server.on('session', (session) => {
      sessions.add(session);
      session.on('close', () => sessions.delete(session));
    });
    const close = server.close.bind(server);
    server.close = (done) => {
      for (const session of sessions) session.close();
      return close(done);
    };
    certificate.onRenewed((pair) => server.setSecureContext(pair));
    return server;
  }, address);
