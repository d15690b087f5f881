import { createServer } from 'node:http';
import type { BlockList } from 'node:net';
import { type Problem, problem } from '@partyline/protocol';
import {
  type AdmissionRules,
  createHttpServer,
  httpTimes,
  type Ops,
  sendProblem,
} from '@partyline/service';
import { Arrivals } from './arrivals.ts';
import type { DeflateRules } from './deflate.ts';
import { type ListenersOptions, openListeners } from './listeners.ts';
import { metricDefinition } from './metrics.ts';
import { isOriginAllowed, type OriginList } from './origin.ts';
import { refuseRequest } from './refusal.ts';
import { type Hosts, mountOf, webSocketPaths } from './routing.ts';
import { Upgrades } from './upgrades.ts';

export type ServerOptions = Ops &
  AdmissionRules &
  Pick<DeflateRules, 'maxDeflated'> &
  Omit<ListenersOptions, 'arrivals' | 'serve' | 'turnedAway'> & {
    readonly origins: OriginList;
    /** Proxies whose X-Forwarded-For tells the address of a client. */
    readonly trustedProxies: BlockList;
  };

/** How long a client may take to answer the close frame when the server stops. */
const STOP_MS = 1_000;

/** Sockets beyond the WebSockets: handshakes under way, and those who look after health. */
const SPARE_SOCKETS = 1_000;

/** How often it is looked whether a request takes too long. */
const CHECK_MS = 2_000;

/** The listening server. Disposed, it stops, cuts who lingers, and is done when all sockets are closed. */
export interface WebSocketServer extends AsyncDisposable {
  /** Where clients reach it, as URLs. */
  readonly endpoints: readonly string[];
  /** Lets clients in; until then they are asked to come later. */
  open(hosts: Hosts): void;
  /** Takes no new connections. */
  stop(): void;
}

/** Listens, for WebSockets, what is mounted, and for health and metrics on the same ports. */
export const listen = async (options: ServerOptions): Promise<WebSocketServer> => {
  const { log, metrics, origins, maxConnections, maxPerAddress, handshakeMs } = options;
  const refused = metrics.counter(metricDefinition.refused);
  const turnedAway = metrics.counter(metricDefinition.turnedAway);
  const site = createHttpServer(options);
  for (const path of webSocketPaths)
    site.get(path, (_request, reply) =>
      sendProblem(reply.header('upgrade', 'websocket'), problem('upgrade-needed')),
    );
  await site.ready();

  let hosts: Hosts | undefined;
  const arrivals = new Arrivals(
    { maxConnections: maxConnections + SPARE_SOCKETS, maxPerAddress },
    options.trustedProxies,
  );
  const onRefused = (it: Problem): void => {
    refused.inc({ code: it.code });
    log.debug({ code: it.code, ...it.params }, 'not let in');
  };
  const rules = { origins, maxConnections };
  const upgrades = new Upgrades({
    rules,
    maxDeflated: options.maxDeflated,
    arrivals,
    hosts: () => hosts,
    onRefused,
  });

  const http = createServer({
    ...httpTimes,
    headersTimeout: handshakeMs,
    requestTimeout: Math.max(handshakeMs, httpTimes.requestTimeout),
    connectionsCheckingInterval: Math.min(CHECK_MS, handshakeMs),
  });
  http.on('upgrade', (request, socket, head) => upgrades.take(request, socket, head));
  http.on('request', (request, response) => {
    const refuse = (reason: Problem): void => {
      onRefused(reason);
      refuseRequest(response, reason);
    };
    const reason = arrivals.refusal(request);
    if (reason !== undefined) {
      refuse(reason);
      return;
    }
    const mount = mountOf(request.url ?? '/', hosts?.mounts);
    const { host, origin } = request.headers;
    if (mount === undefined) site.routing(request, response);
    else if (isOriginAllowed(origin, host, origins))
      mount.request(request, response, arrivals.callerOf(request));
    else refuse(problem('origin-refused', { origin: origin ?? '' }));
  });
  // It is given its connections instead of listening itself, but has to look after slow requests.
  http.emit('listening');

  const listeners = await openListeners({
    ...options,
    arrivals,
    serve: (socket) => http.emit('connection', socket),
    turnedAway: (reason) => turnedAway.inc({ reason }),
  });
  const { endpoints } = listeners;
  log.info({ endpoints }, 'listening');

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    hosts = undefined;
    stopped ??= listeners.stop();
    http.closeIdleConnections();
    return stopped;
  };
  return {
    endpoints,
    open: (those) => {
      hosts = those;
    },
    stop: () => void stop(),
    [Symbol.asyncDispose]: async () => {
      const gone = stop();
      await upgrades.settled(STOP_MS);
      arrivals.cut();
      await gone;
      http.close();
      await site.close();
    },
  };
};
