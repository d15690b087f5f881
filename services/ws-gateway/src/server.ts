import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Problem, problem } from '@partyline/protocol';
import {
  bindHost,
  createHttpServer,
  httpTimes,
  type Log,
  type Ops,
  sendProblem,
} from '@partyline/service';
import type { AdmissionRules } from './admission.ts';
import { isOriginAllowed } from './origin.ts';
import { refuseRequest } from './refusal.ts';
import { type Hosts, mountOf, webSocketPaths } from './routing.ts';
import { Upgrades } from './upgrades.ts';

export type ServerOptions = Ops &
  AdmissionRules & {
    readonly host: string;
    readonly port: number;
    readonly log: Log;
  };

/** How long a client may take to answer the close frame when the server stops. */
const STOP_MS = 1_000;

/** Connections that the kernel keeps until they are accepted: when a gateway ends, its clients come at once. */
const BACKLOG = 4_096;

/** Sockets beyond the WebSockets: handshakes under way, and those who look after health. */
const SPARE_SOCKETS = 1_000;

/** The listening server. Disposed, it stops, cuts who lingers, and is done when all sockets are closed. */
export interface WebSocketServer extends AsyncDisposable {
  readonly port: number;
  /** Lets clients in; until then they are asked to come later. */
  open(hosts: Hosts): void;
  /** Takes no new connections. */
  stop(): void;
}

/** Listens, for WebSockets, what is mounted, and for health and metrics on the same port. */
export const listen = async (options: ServerOptions): Promise<WebSocketServer> => {
  const { host, port, log, metrics, maxConnections } = options;
  const refused = metrics.counter({
    name: 'partyline_ws_upgrades_refused_total',
    help: 'WebSockets that were not let in, by problem code.',
    labels: ['code'],
  });
  const site = createHttpServer(options);
  for (const path of webSocketPaths)
    site.get(path, (_request, reply) =>
      sendProblem(reply.header('upgrade', 'websocket'), problem('upgrade-needed')),
    );
  await site.ready();

  let hosts: Hosts | undefined;
  const onRefused = (it: Problem): void => {
    refused.inc({ code: it.code });
    log.debug({ code: it.code, ...it.params }, 'not let in');
  };
  const upgrades = new Upgrades({ rules: options, hosts: () => hosts, onRefused });
  const server = createServer(httpTimes, (request, response) => {
    const mount = mountOf(request.url ?? '/', hosts?.mounts);
    if (mount === undefined) {
      site.routing(request, response);
      return;
    }
    const { host: asked, origin } = request.headers;
    if (isOriginAllowed(origin, asked, options.origins)) {
      mount.request(request, response);
      return;
    }
    const reason = problem('origin-refused', { origin: origin ?? '' });
    onRefused(reason);
    refuseRequest(response, reason);
  });
  server.maxConnections = maxConnections + SPARE_SOCKETS;
  server.on('upgrade', (request, socket, head) => upgrades.take(request, socket, head));
  server.listen({ host: bindHost(host), port, backlog: BACKLOG });
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  log.info({ port: address.port }, 'listening');

  let closed: Promise<unknown> | undefined;
  const stop = (): Promise<unknown> => {
    hosts = undefined;
    closed ??= new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    return closed;
  };
  return {
    port: address.port,
    open: (those) => {
      hosts = those;
    },
    stop: () => void stop(),
    [Symbol.asyncDispose]: async () => {
      const over = stop();
      await upgrades.settled(STOP_MS);
      server.closeAllConnections();
      await over;
      await site.close();
    },
  };
};
