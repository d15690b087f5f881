import { Type } from 'typebox';
import { limits } from './limits.ts';
import { Registration } from './slash.ts';
import type { Described } from './static.ts';

const NickKey = Type.String({ maxLength: 4 * limits.nickCodePoints });

/** What an instance changes of which nicks it monitors: `POST /bus/v1/instances/{instance}/monitors`. */
export const Monitors = Type.Object({ add: Type.Array(NickKey), remove: Type.Array(NickKey) });
export type Monitors = Described<typeof Monitors>;

const RoomName = Type.String({ maxLength: 128 });

/**
 * What an instance changes of which rooms it is told the heads of (`head` on its stream), without
 * reading them: `POST /bus/v1/instances/{instance}/heads`.
 */
export const Heads = Type.Object({
  add: Type.Array(RoomName, { maxItems: 1_000 }),
  remove: Type.Array(RoomName, { maxItems: 1_000 }),
});
export type Heads = Described<typeof Heads>;

/** What an instance says of itself when it comes, and again after every break: `PUT /bus/v1/instances/{instance}`. */
export const Hello = Type.Object({
  /** The service it is, `tcp-gateway`. */
  kind: Type.String({ minLength: 1, maxLength: 32 }),
  /** Where clients reach it, as URLs: `text+tcp://host:7001`. */
  endpoints: Type.Array(Type.String({ maxLength: 256 }), { maxItems: 64 }),
  /** The slash commands it answers. */
  commands: Type.Array(Registration, { maxItems: 64 }),
  /** Every session it holds; those that chat-core counted to it beyond these are over. */
  sessions: Type.Array(Type.String({ maxLength: 32 })),
  /** Rooms it follows without a session in them. */
  rooms: Type.Array(RoomName, { maxItems: 1_000 }),
  /** Keys of nicks of whose coming and going it wants to be told. */
  monitors: Type.Optional(Type.Array(NickKey)),
});
export type Hello = Described<typeof Hello>;

/** The answer to a hello. */
export const HelloAnswer = Type.Object({
  epoch: Type.String(),
  /** The instance's sessions end when it was out of touch for this long. */
  leaseMs: Type.Integer(),
  /** A heartbeat comes at least this often. */
  heartbeatMs: Type.Integer(),
  /** Sessions of the hello that chat-core does not know any more. */
  ended: Type.Array(Type.String()),
});
export type HelloAnswer = Described<typeof HelloAnswer>;

/** An instance as the bus and the admin API tell it. */
export const InstanceInfo = Type.Object({
  instance: Type.String(),
  kind: Type.String(),
  endpoints: Type.Array(Type.String()),
  commands: Type.Array(Type.String()),
  sessions: Type.Integer(),
  startedAt: Type.Integer(),
  leaseUntil: Type.Integer(),
});
export type InstanceInfo = Described<typeof InstanceInfo>;
