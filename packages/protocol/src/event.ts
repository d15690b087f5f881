import { Type } from 'typebox';
import { Card } from './card.ts';
import { limits } from './limits.ts';
import type { Described } from './static.ts';

/** What an entry of a room's log can be. */
export const eventKinds = [
  ...(['message', 'action', 'notice', 'topic'] as const),
  ...(['edit', 'delete', 'react', 'unreact'] as const),
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What of an event is shown where another refers to it. */
export const Quote = Type.Object({
  nick: Type.String(),
  /** The beginning of its text, on one line, as it was at that time; empty when it is taken back. */
  text: Type.String(),
});
export type Quote = Described<typeof Quote>;

/**
 * A numbered entry of a room's log; durable, and the same for everybody, for ever. Only who takes
 * back what was said changes it: its text, and that of its edits, is empty from then on.
 */
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
  /** The nick that the author has registered, whatever it goes by; a guest has none. */
  accountNick: Type.Optional(Type.String()),
  /** The author is a bot or a webhook. */
  bot: Type.Optional(Type.Literal(true)),
  /** What is said; of an `edit` the new text, of `react` and `unreact` the reaction, of `delete` nothing. */
  text: Type.String(),
  /** The event of the same room that this one replies to, edits, takes back or reacts to. */
  ref: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Of the event it refers to. */
  quote: Type.Optional(Quote),
  /** Nicks that the text tells by `@nick`, of people who hold or have registered them. */
  mentions: Type.Optional(Type.Array(Type.String(), { maxItems: limits.mentions })),
  /** What a service says, as more than text. */
  card: Type.Optional(Card),
  /** In a pair's log: the nick it was sent to. */
  to: Type.Optional(Type.String()),
  /** W3C traceparent of the publish; not kept. */
  trace: Type.Optional(Type.String()),
});
export type Event = Described<typeof Event>;
