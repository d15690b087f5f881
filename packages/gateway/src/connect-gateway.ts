import type { Hello, InstanceReport, StreamLine, Times, Vitals } from '@partyline/protocol';
import type { Stopwatch } from './delivery-watch.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import type { GatewayMetric } from './gateway-metrics.ts';
import type { Line } from './line.ts';

/** What a line asks of the gateway on it, and tells it. Nothing of it is called before the current code has run. */
export type LineEnd = {
  hello(): Hello;
  report(): InstanceReport;
  onLine(lines: readonly StreamLine[]): void;
  onLost(sessions: readonly string[]): void;
  onReset(epoch: string): void;
};

/** Makes a gateway and its line, each of which needs the other, and exports what the gateway counts. */
export const connectGateway = <L extends Line>({
  kind,
  endpoints,
  connect,
  watch,
  vitals,
  delivery,
  ...options
}: Omit<GatewayOptions, 'line' | 'delivery'> & {
  /** The service, as the line calls it. */
  readonly kind: string;
  /** Where clients reach it, as URLs. */
  readonly endpoints: readonly string[];
  /** Makes the line; `createBus` of @partyline/bus does. */
  readonly connect: (end: LineEnd) => L;
  /** How the process is now. */
  readonly vitals: () => Vitals;
  /** Keeps how long deliveries took lately. */
  readonly delivery: Stopwatch & { times(): Times | undefined };
  readonly watch: (metric: GatewayMetric['metric'], read: GatewayMetric['read']) => void;
}): { readonly gateway: Gateway; readonly line: L } => {
  const line = connect({
    hello: () => ({
      kind,
      endpoints: [...endpoints],
      commands: [],
      sessions: [...gateway.sessions()],
      rooms: [],
      monitors: [...gateway.monitors()],
    }),
    report: () => {
      const times = delivery.times();
      return {
        ...{ vitals: vitals(), gateway: gateway.report() },
        ...(times !== undefined && { delivery: times }),
      };
    },
    onLine: (lines) => gateway.take(lines),
    onLost: (sessions) => gateway.lost(sessions),
    onReset: (epoch) => gateway.reset(epoch),
  });
  const gateway: Gateway = createGateway({ ...options, line, delivery });
  for (const { metric, read } of gateway.metrics) watch(metric, read);
  return { gateway, line };
};
