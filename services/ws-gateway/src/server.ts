import type { AddressInfo } from 'node:net';
import { problem } from '@partyline/protocol';
import { bindHost, createHttpServer, type Log, type Ops, sendProblem } from '@partyline/service';
import { type AdmissionRules, paths } from './admission.ts';
import { type Host, Upgrades } from './upgrades.ts';

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
  open(host: Host): void;
  /** Takes no new connections. */
  stop(): void;
}

/** Listens, for WebSockets and for health and metrics on the same port. */
export const listen = async (options: ServerOptions): Promise<WebSocketServer> => {
  const { host, port, log, metrics, maxConnections } = options;
  const refused = metrics.counter({
    name: 'partyline_ws_upgrades_refused_total',
    help: 'WebSockets that were not let in, by problem code.',
    labels: ['code'],
  });
  const http = createHttpServer(options);
  for (const path of paths)
    http.get(path, (_request, reply) =>
      sendProblem(reply.header('upgrade', 'websocket'), problem('upgrade-needed')),
    );
  http.server.maxConnections = maxConnections + SPARE_SOCKETS;
  const upgrades = new Upgrades(http.server, options, (it) => {
    refused.inc({ code: it.code });
    log.debug({ code: it.code, ...it.params }, 'not let in');
  });
  await http.listen({
    host: bindHost(host),
    port,
    backlog: BACKLOG,
    listenTextResolver: (address) => `listening on ${address}`,
  });

  let closing: Promise<unknown> | undefined;
  const stop = (): Promise<unknown> => {
    upgrades.close();
    closing ??= http.close();
    return closing;
  };
  return {
    port: (http.server.address() as AddressInfo).port,
    open: (clients) => upgrades.open(clients),
    stop: () => void stop(),
    [Symbol.asyncDispose]: async () => {
      const closed = stop();
      await upgrades.settled(STOP_MS);
      await closed;
    },
  };
};
