import type { AddressInfo, Server, Socket } from 'node:net';
import { problem } from '@partyline/protocol';
import {
  type Arrival,
  arrivalOf,
  bindHost,
  type Certificate,
  cut,
  type Log,
  openServer,
  type Proxies,
  parseWsListener,
  reachedAt,
  secured,
  straightOn,
  throughProxy,
} from '@partyline/service';
import type { Arrivals } from './arrivals.ts';
import { refuseUpgrade } from './refusal.ts';

export type ListenersOptions = {
  /** `ws://HOST:PORT` or `wss://HOST:PORT` each. */
  readonly urls: readonly string[];
  /** The host that clients are told when a listener is on every address. */
  readonly publicHost: string;
  readonly backlog: number;
  readonly keepaliveMs: number;
  /** How long a proxy's header, or a TLS handshake, may take. */
  readonly handshakeMs: number;
  /** Who may tell by the PROXY protocol whom it speaks for. */
  readonly proxies: Proxies;
  /** What is shown over TLS; asked for once, when there are such listeners. */
  readonly certificate: () => Promise<Certificate>;
  readonly arrivals: Arrivals;
  /** Takes a connection that is ready for HTTP. */
  readonly serve: (socket: Socket) => void;
  /** Somebody was cut before it could ask for anything. */
  readonly turnedAway: (reason: 'accept' | 'proxy' | 'tls' | 'dropped') => void;
  readonly log: Log;
};

/** The open doors. */
export interface Listeners {
  /** Where clients reach them, as URLs. */
  readonly endpoints: readonly string[];
  /** Accepts nobody any more; resolved when everybody is gone. */
  stop(): Promise<void>;
}

const closed = (server: Server): Promise<unknown> =>
  new Promise((resolve) => server.close(resolve));

/** Opens a door per URL, or none when one of them can't be. */
export const openListeners = async (options: ListenersOptions): Promise<Listeners> => {
  const { publicHost, backlog, keepaliveMs, handshakeMs: withinMs, arrivals, log } = options;
  const { serve, turnedAway } = options;
  const listeners = options.urls.map(parseWsListener).filter((it) => it !== undefined);
  const certificate = listeners.some((it) => it.isSecure) ? await options.certificate() : undefined;
  const identify = throughProxy({
    ...{ proxies: options.proxies, withinMs, log },
    refused: () => turnedAway('proxy'),
  });
  const tls =
    certificate &&
    secured({
      ...{ certificate, protocol: 'http/1.1', asksCertificate: false, withinMs, log },
      explain: ({ socket }) => refuseUpgrade(socket, problem('tls-needed')),
      failed: () => turnedAway('tls'),
    });

  const accept = (isSecure: boolean) => {
    const secure = (isSecure ? tls : undefined) ?? straightOn;
    const admit = (arrival: Arrival): void => {
      const guest = arrivals.enter(arrival, isSecure || arrival.isSecure === true);
      if (guest === undefined) {
        turnedAway('dropped');
        cut(arrival.socket);
        return;
      }
      secure(arrival, ({ socket }) => {
        arrivals.introduce(socket, guest);
        serve(socket);
      });
    };
    return (socket: Socket) => identify(arrivalOf(socket), admit);
  };

  await using opened = new AsyncDisposableStack();
  const servers: Server[] = [];
  const endpoints: string[] = [];
  for (const { isSecure, host, port } of listeners) {
    const server = await openServer(
      { host: bindHost(host), port },
      {
        ...{ backlog, keepaliveMs, log, accept: accept(isSecure) },
        acceptFailed: () => turnedAway('accept'),
      },
    );
    opened.defer(() => void server.close());
    servers.push(server);
    const { port: at } = server.address() as AddressInfo;
    endpoints.push(`${isSecure ? 'wss' : 'ws'}://${reachedAt(host, at, publicHost)}`);
  }
  opened.move();
  return {
    endpoints,
    stop: async () => void (await Promise.all(servers.map(closed))),
  };
};
