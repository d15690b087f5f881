/** What a gateway counts. Plain numbers, since they change with every message. */
export type Counts = {
  connections: number;
  sessions: number;
  catchingUp: number;
  frames: number;
  publishes: number;
  refusals: number;
  deliveries: number;
  tooSlow: number;
};

export const zeroCounts = (): Counts => ({
  connections: 0,
  sessions: 0,
  catchingUp: 0,
  frames: 0,
  publishes: 0,
  refusals: 0,
  deliveries: 0,
  tooSlow: 0,
});

/** A number as Prometheus is told it (https://prometheus.io/docs/practices/naming/). */
export type Metric = {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge';
  read(): number;
};

const table = {
  connections: ['gauge', 'partyline_gateway_connections', 'Client connections open now.'],
  sessions: ['gauge', 'partyline_gateway_sessions', 'Connections that have logged in.'],
  catchingUp: [
    'gauge',
    'partyline_gateway_catching_up_readers',
    'Readers of a room who are served from the log.',
  ],
  frames: ['counter', 'partyline_gateway_frames_total', 'Frames taken from clients.'],
  publishes: ['counter', 'partyline_gateway_publishes_total', 'Publishes sent for clients.'],
  refusals: ['counter', 'partyline_gateway_refusals_total', 'Requests of clients refused.'],
  deliveries: [
    'counter',
    'partyline_gateway_deliveries_total',
    'Live events times the readers who were owed them.',
  ],
  tooSlow: [
    'counter',
    'partyline_gateway_slow_readers_closed_total',
    'Connections closed since they took nothing for too long.',
  ],
} as const satisfies Record<keyof Counts, readonly [Metric['kind'], string, string]>;

/** The metrics that export a gateway's counts. */
export const metricsOf = (counts: Counts): readonly Metric[] =>
  (Object.keys(table) as (keyof Counts)[]).map((key) => {
    const [kind, name, help] = table[key];
    return { name, help, kind, read: () => counts[key] };
  });
