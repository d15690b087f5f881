import type { Log, Metrics } from '@partyline/service';
import type { ClientCounts } from './clients.ts';
import { metricDefinition as its } from './metrics.ts';

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
  const open = metrics.gauge(its.open);
  const turnedAway = metrics.counter(its.turnedAway);
  const acceptFailures = metrics.counter(its.acceptFailures);
  const handshakeFailures = metrics.counter(its.handshakeFailures);

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
      const labels = { listener, wire };
      const gauge = open.labels(labels);
      const acceptFailure = acceptFailures.labels(labels);
      const handshakeFailure = handshakeFailures.labels(labels);
      const count = (change: number): void => {
        connections[listener] = (connections[listener] ?? 0) + change;
        gauge.inc(change);
      };
      return {
        open: { inc: () => count(1), dec: () => count(-1) },
        turnedAway: (reason) => turnedAway.inc({ ...labels, reason }),
        acceptFailed: () => acceptFailure.inc(),
        handshakeFailed: () => handshakeFailure.inc(),
      };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
};
