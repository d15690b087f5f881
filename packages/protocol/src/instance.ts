import { type Static, Type } from 'typebox';

/** What an instance says of itself when it comes, and again after every break: `PUT /bus/v1/instances/{instance}`. */
export const Hello = Type.Object(
  {
    /** The service it is, `tcp-gateway`. */
    kind: Type.String({ minLength: 1, maxLength: 32 }),
    /** Where clients reach it, as URLs: `text+tcp://host:7001`. */
    endpoints: Type.Array(Type.String({ maxLength: 256 }), { maxItems: 64 }),
    /** The slash commands it answers. */
    commands: Type.Array(Type.String({ minLength: 1, maxLength: 32 }), { maxItems: 64 }),
    /** Every session it holds; those that chat-core counted to it beyond these are over. */
    sessions: Type.Array(Type.String({ maxLength: 32 })),
    /** Rooms it follows without a session in them. */
    rooms: Type.Array(Type.String({ maxLength: 128 }), { maxItems: 1_000 }),
  },
  { $id: 'Hello' },
);
export type Hello = Readonly<Static<typeof Hello>>;

/** The answer to a hello. */
export type HelloAnswer = {
  readonly epoch: string;
  /** The instance's sessions end when it was out of touch for this long. */
  readonly leaseMs: number;
  /** A heartbeat comes at least this often. */
  readonly heartbeatMs: number;
  /** Sessions of the hello that chat-core does not know any more. */
  readonly ended: readonly string[];
};

/** An instance as the bus and the admin API tell it. */
export type InstanceInfo = {
  readonly instance: string;
  readonly kind: string;
  readonly endpoints: readonly string[];
  readonly commands: readonly string[];
  readonly sessions: number;
  readonly startedAt: number;
  readonly leaseUntil: number;
};
