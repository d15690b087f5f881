import type { Locale } from '@partyline/protocol';
import type { Log, Metrics } from '@partyline/service';
import type { Clients } from './clients.ts';
import { dialects } from './dialects/index.ts';
import { parseListenerUrl } from './listener-url.ts';
import { transports } from './transports/index.ts';

export type ListenersOptions = {
  /** `DIALECT+TRANSPORT://ADDRESS` each. */
  readonly urls: readonly string[];
  readonly clients: Clients;
  readonly locale: Locale;
  /** The host that clients are told when a listener is on every address. */
  readonly publicHost: string;
  readonly backlog: number;
  readonly keepaliveMs: number;
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
  const { urls, clients, locale, publicHost, backlog, keepaliveMs, log } = options;
  const counts = createCounts(options.metrics);
  const endpoints: string[] = [];
  using opened = new DisposableStack();

  for (const text of urls) {
    const parsed = parseListenerUrl(text);
    if (parsed === undefined) throw new Error(`${text} is no listener URL`);
    const { dialect, transport, url } = parsed;
    const wire = `${dialect}+${transport}`;
    const acceptFailures = counts.acceptFailures.labels(wire);
    const listening = await transports[transport].listen(url, {
      backlog,
      keepaliveMs,
      log,
      accept: clients.entrance(wire, dialects[dialect](locale), {
        open: counts.open.labels(wire),
        turnedAway: counts.turnedAway.labels(wire),
      }),
      acceptFailed: () => acceptFailures.inc(),
    });
    opened.defer(() => listening.stop());
    endpoints.push(`${wire}:${listening.address(publicHost)}`);
  }

  const doors = opened.move();
  return { endpoints, [Symbol.dispose]: () => doors.dispose() };
};

const createCounts = (metrics: Metrics) => ({
  open: metrics.gauge({
    name: 'partyline_tcp_connections',
    help: 'Clients connected now.',
    labels: ['wire'],
  }),
  turnedAway: metrics.counter({
    name: 'partyline_tcp_turned_away_total',
    help: 'Clients turned away, since the line was full.',
    labels: ['wire'],
  }),
  acceptFailures: metrics.counter({
    name: 'partyline_tcp_accept_failures_total',
    help: 'Connections that could not be accepted.',
    labels: ['wire'],
  }),
});
