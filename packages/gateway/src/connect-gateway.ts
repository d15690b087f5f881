import type { Hello, StreamLine } from '@partyline/protocol';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import type { GatewayMetric } from './gateway-metrics.ts';
import type { Line } from './line.ts';

/** What a line asks of the gateway on it, and tells it. Nothing of it is called before the current code has run. */
export type LineEnd = {
  hello(): Hello;
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
  ...options
}: Omit<GatewayOptions, 'line'> & {
  /** The service, as the line calls it. */
  readonly kind: string;
  /** Where clients reach it, as URLs. */
  readonly endpoints: readonly string[];
  /** Makes the line; `createBus` of @partyline/bus does. */
  readonly connect: (end: LineEnd) => L;
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
    onLine: (lines) => gateway.take(lines),
    onLost: (sessions) => gateway.lost(sessions),
    onReset: (epoch) => gateway.reset(epoch),
  });
  const gateway: Gateway = createGateway({ ...options, line });
  for (const { metric, read } of gateway.metrics) watch(metric, read);
  return { gateway, line };
};
