import type { Counts } from './counts.ts';
import type { Sessions } from './sessions.ts';

/** What a gateway measures, as Prometheus is told it (https://prometheus.io/docs/practices/naming/). */
export const gatewayMetrics = {
  connections: {
    kind: 'gauge',
    name: 'partyline_gateway_connections',
    help: 'Client connections open now.',
    labels: { wire: '`DIALECT+TRANSPORT`, like `text+tcp`' },
  },
  sessions: {
    kind: 'gauge',
    name: 'partyline_gateway_sessions',
    help: 'Connections that have logged in.',
  },
  catchingUp: {
    kind: 'gauge',
    name: 'partyline_gateway_catching_up_readers',
    help: 'Readers of a room who are served from the log.',
  },
  fellBehind: {
    kind: 'counter',
    name: 'partyline_gateway_fell_behind_total',
    help: 'Times that a reader passed the high-water mark and left the live stream of a room.',
  },
  frames: {
    kind: 'counter',
    name: 'partyline_gateway_frames_total',
    help: 'Frames taken from clients.',
  },
  publishes: {
    kind: 'counter',
    name: 'partyline_gateway_publishes_total',
    help: 'Publishes sent for clients.',
  },
  refusals: {
    kind: 'counter',
    name: 'partyline_gateway_refusals_total',
    help: 'Requests of clients that were refused.',
    labels: { code: 'a problem code' },
  },
  deliveries: {
    kind: 'counter',
    name: 'partyline_gateway_deliveries_total',
    help: 'Live events times the readers who were owed them.',
  },
  writtenBytes: {
    kind: 'counter',
    name: 'partyline_gateway_written_bytes_total',
    help: 'Bytes handed to transports for clients.',
  },
  tooSlow: {
    kind: 'counter',
    name: 'partyline_gateway_slow_readers_closed_total',
    help: 'Connections closed since they took nothing for too long.',
  },
  queuedBytes: {
    kind: 'gauge',
    name: 'partyline_gateway_queued_bytes',
    help: 'Bytes that wait for all clients to take them.',
  },
  queuedBytesMax: {
    kind: 'gauge',
    name: 'partyline_gateway_queued_bytes_max',
    help: 'The most bytes that wait for one client.',
  },
} as const;

/** One of them, and its value; of one with a label, a value for each of the label's. */
export type GatewayMetric = {
  readonly metric: (typeof gatewayMetrics)[keyof typeof gatewayMetrics];
  readonly read: () => number | ReadonlyMap<string, number>;
};

const connectionsByWire = (sessions: Sessions): ReadonlyMap<string, number> => {
  const open = new Map<string, number>();
  for (const { wire } of sessions.all()) open.set(wire, (open.get(wire) ?? 0) + 1);
  return open;
};

/** The metrics of one gateway; they are read when somebody scrapes. */
export const measured = (counts: Counts, sessions: Sessions): readonly GatewayMetric[] => {
  const queued = (): readonly number[] => sessions.all().map((it) => it.outbox.queuedBytes);
  const its = gatewayMetrics;
  return [
    { metric: its.connections, read: () => connectionsByWire(sessions) },
    { metric: its.sessions, read: () => counts.sessions },
    { metric: its.catchingUp, read: () => counts.catchingUp },
    { metric: its.fellBehind, read: () => counts.fellBehind },
    { metric: its.frames, read: () => counts.frames },
    { metric: its.publishes, read: () => counts.publishes },
    { metric: its.refusals, read: () => counts.refusals },
    { metric: its.deliveries, read: () => counts.deliveries },
    { metric: its.writtenBytes, read: () => counts.writtenBytes },
    { metric: its.tooSlow, read: () => counts.tooSlow },
    { metric: its.queuedBytes, read: () => queued().reduce((sum, it) => sum + it, 0) },
    {
      metric: its.queuedBytesMax,
      read: () => queued().reduce((most, it) => Math.max(most, it), 0),
    },
  ];
};
