import { Type } from 'typebox';
import { limits } from './limits.ts';
import type { Described } from './static.ts';

const Count = Type.Integer({ minimum: 0 });
const Milliseconds = Type.Number({ minimum: 0 });

/** How long something took, of what happened in the last minute. */
export const Times = Type.Object({
  count: Count,
  p50Ms: Milliseconds,
  p99Ms: Milliseconds,
  maxMs: Milliseconds,
});
export type Times = Described<typeof Times>;

/** How one process is. */
export const Vitals = Type.Object({
  version: Type.String({ maxLength: 32 }),
  /** The machine's name, or the container's. */
  host: Type.String({ maxLength: limits.dnsNameCharacters }),
  uptimeMs: Milliseconds,
  /** What it holds of the machine's memory (RSS). */
  memoryBytes: Count,
  /** By how much the event loop was late in the last seconds, at worst. */
  loopLagMs: Milliseconds,
  /** What part of the last seconds the event loop was busy: 1 is all of it. */
  loopBusy: Type.Number({ minimum: 0, maximum: 1 }),
});
export type Vitals = Described<typeof Vitals>;

/** A reader that takes less than it is owed. */
export const SlowReader = Type.Object({
  session: Type.String({ maxLength: 64 }),
  nick: Type.String({ maxLength: 4 * limits.nickCodePoints }),
  wire: Type.String({ maxLength: 64 }),
  /** Bytes that wait in memory for its connection to take them. */
  queuedBytes: Count,
  /** Events that wait in the log, over all its rooms. */
  owedEvents: Count,
  /** For how long it has been behind. */
  behindMs: Milliseconds,
  /** For how long it has taken nothing at all. */
  stalledMs: Milliseconds,
});
export type SlowReader = Described<typeof SlowReader>;

/** What a gateway counts since it started; a rate is the difference of two. */
export const GatewayTotals = Type.Object({
  /** Frames taken from clients. */
  frames: Count,
  /** Publishes sent for clients. */
  publishes: Count,
  /** Live events times the readers who were owed them. */
  deliveries: Count,
});
export type GatewayTotals = Described<typeof GatewayTotals>;

/** How it goes with the clients of one gateway. */
export const GatewayReport = Type.Object({
  connections: Count,
  sessions: Count,
  /** Bytes that wait for all clients to take them. */
  queuedBytes: Count,
  /** Clients that take less than they are owed. */
  slow: Count,
  /** The worst of them. */
  slowest: Type.Array(SlowReader, { maxItems: limits.slowReadersTold }),
  /** A client that takes nothing for so long is closed. */
  stallMs: Count,
  totals: GatewayTotals,
});
export type GatewayReport = Described<typeof GatewayReport>;

/** What an instance tells of itself every few seconds: `PUT /bus/v1/instances/{instance}/report`. */
export const InstanceReport = Type.Object({
  vitals: Vitals,
  gateway: Type.Optional(GatewayReport),
  /**
   * From when a message of a client is handed to the bus until its event is handed to the
   * connections that read it live at the same gateway.
   */
  delivery: Type.Optional(Times),
});
export type InstanceReport = Described<typeof InstanceReport>;
