import { Type } from 'typebox';
import type { Described } from './static.ts';

/** What an entry of a room's log can be. */
export const eventKinds = ['message', 'action', 'notice', 'topic'] as const;
export type EventKind = (typeof eventKinds)[number];

/** A numbered entry of a room's log; durable, and the same for everybody, for ever. */
export const Event = Type.Object({
  room: Type.String(),
  /** 1, 2, 3 … within the room, without holes. */
  seq: Type.Integer({ minimum: 1 }),
  /** Milliseconds since the Unix epoch, as chat-core's clock had it. */
  at: Type.Integer(),
  /** The publish id, unique per author within the room. */
  id: Type.String(),
  kind: Type.Enum([...eventKinds]),
  /** The session that published it. */
  session: Type.String(),
  /** Who published it: the account, or the session of a guest. */
  person: Type.String(),
  /** The author's nick at that time. */
  nick: Type.String(),
  text: Type.String(),
  /** In a pair's log: the nick it was sent to. */
  to: Type.Optional(Type.String()),
  /** W3C traceparent of the publish; not kept. */
  trace: Type.Optional(Type.String()),
});
export type Event = Described<typeof Event>;
