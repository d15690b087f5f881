import type { Locale } from '@partyline/protocol';
import {
  type Certificate,
  type Log,
  type Metrics,
  type Proxies,
  secured,
  straightOn,
  throughProxy,
} from '@partyline/service';
import type { Clients } from './clients.ts';
import { createCounts } from './counts.ts';
import { dialects } from './dialects/index.ts';
import { type ListenerUrl, parseListenerUrl } from './listener-url.ts';
import { descriptorName, type HandedOver, listenOnDescriptor } from './transports/descriptor.ts';
import { transports } from './transports/index.ts';

export type ListenersOptions = {
  /** `DIALECT+TRANSPORT:ADDRESS` each. */
  readonly urls: readonly string[];
  readonly clients: Clients;
  readonly locale: Locale;
  /** The host that clients are told when a listener is on every address. */
  readonly publicHost: string;
  /** The folder that a Unix socket's relative path is in. */
  readonly folder: string;
  readonly backlog: number;
  readonly keepaliveMs: number;
  /** How long a TLS handshake, or a proxy's header, may take. */
  readonly handshakeMs: number;
  /** Who may tell by the PROXY protocol whom it speaks for. */
  readonly proxies: Proxies;
  /** What listeners on TLS show; asked for once, when there are such. */
  readonly certificate: () => Promise<Certificate>;
  /** Sockets that listen already. */
  readonly handedOver: HandedOver;
  readonly log: Log;
  readonly metrics: Metrics;
};

/** The open doors. Disposed, they let nobody in any more; who is in stays. */
export interface Listeners extends Disposable {
  /** Where clients reach them, as URLs. */
  readonly endpoints: readonly string[];
}

/** Opens a door per URL, or none when one of them can't be. */
export const listen = async (options: ListenersOptions): Promise<Listeners> => {
  const { clients, locale, publicHost, handshakeMs, proxies, log } = options;
  using opened = new DisposableStack();
  const listeners = options.urls.map((text) => ({ text, ...parsed(text) }));
  const isSecure = listeners.some(({ transport }) => transports[transport].isSecure);
  const certificate = isSecure ? await options.certificate() : undefined;
  const counts = opened.use(createCounts(options.metrics, log));
  const endpoints: string[] = [];

  for (const { text, dialect, transport, url } of listeners) {
    const wire = `${dialect}+${transport}`;
    const counted = counts.of(text, wire);
    const accept = clients.entrance({
      ...dialects[dialect](locale),
      wire,
      counts: counted,
      identify: throughProxy({
        ...{ proxies, withinMs: handshakeMs, log },
        refused: () => counted.turnedAway('proxy'),
      }),
      secure: (explain) =>
        certificate !== undefined && transports[transport].isSecure
          ? secured({
              ...{ certificate, protocol: dialect, asksCertificate: true },
              ...{ withinMs: handshakeMs, log, explain },
              failed: counted.handshakeFailed,
            })
          : straightOn,
    });
    const { folder, backlog, keepaliveMs, handedOver } = options;
    const server = { backlog, keepaliveMs, log, accept, acceptFailed: counted.acceptFailed };
    const name = descriptorName(url);
    const listening =
      name === undefined
        ? await transports[transport].listen(url, { ...server, folder })
        : await listenOnDescriptor(name, handedOver, server);
    opened.defer(() => listening.stop());
    endpoints.push(`${wire}:${listening.address(publicHost)}`);
  }

  const doors = opened.move();
  return { endpoints, [Symbol.dispose]: () => doors.dispose() };
};

const parsed = (text: string): ListenerUrl => {
  const listener = parseListenerUrl(text);
  if (listener === undefined) throw new Error(`${text} is no listener URL`);
  return listener;
};
