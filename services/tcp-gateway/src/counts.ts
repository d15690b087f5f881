import type { Log, Metrics } from '@partyline/service';
import type { ClientCounts } from './clients.ts';

/** How often the log tells who is connected, if that changed. */
const TELL_MS = 60_000;

/** What one listener counts. */
export type ListenerCounts = ClientCounts & {
  acceptFailed(): void;
  handshakeFailed(): void;
};

/** What all listeners count, as metrics and in the log. Disposed, the log is told no more. */
export interface Counts extends Disposable {
  /** `listener` is its URL in the settings, `wire` is `DIALECT+TRANSPORT`. */
  of(listener: string, wire: string): ListenerCounts;
}

export const createCounts = (metrics: Metrics, log: Log): Counts => {
  const labels = ['listener', 'wire'] as const;
  const open = metrics.gauge({
    ...{ name: 'partyline_tcp_connections', labels },
    help: 'Clients connected now.',
  });
  const turnedAway = metrics.counter({
    ...{ name: 'partyline_tcp_turned_away_total', labels: [...labels, 'reason'] as const },
    help: 'Clients that were not served, and why.',
  });
  const acceptFailures = metrics.counter({
    ...{ name: 'partyline_tcp_accept_failures_total', labels },
    help: 'Connections that could not be accepted.',
  });
  const handshakeFailures = metrics.counter({
    ...{ name: 'partyline_tcp_handshake_failures_total', labels },
    help: 'Connections that did not come to speak TLS.',
  });

  const connections: Record<string, number> = {};
  let told = '';
  const tell = (): void => {
    const now = JSON.stringify(connections);
    if (now !== told) log.info({ connections }, 'connected');
    told = now;
  };
  const timer = setInterval(tell, TELL_MS).unref();

  return {
    of: (listener, wire) => {
      const its = { listener, wire };
      const gauge = open.labels(its);
      const acceptFailure = acceptFailures.labels(its);
      const handshakeFailure = handshakeFailures.labels(its);
      const count = (change: number): void => {
        connections[listener] = (connections[listener] ?? 0) + change;
        gauge.inc(change);
      };
      return {
        open: { inc: () => count(1), dec: () => count(-1) },
        turnedAway: (reason) => turnedAway.inc({ ...its, reason }),
        acceptFailed: () => acceptFailure.inc(),
        handshakeFailed: () => handshakeFailure.inc(),
      };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
};
