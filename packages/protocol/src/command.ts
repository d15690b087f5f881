import { Type } from 'typebox';
import { Card } from './card.ts';
import { limits } from './limits.ts';
import { roles } from './moderation.ts';
import { Ref } from './ref.ts';
import { roomSettings } from './room-settings.ts';
import type { Described } from './static.ts';
import { ProbeState, WatchInterval, watched } from './watch.ts';

const Text = Type.String({ maxLength: limits.textCodePoints });
const Room = Type.String({ minLength: 1, maxLength: 2 * limits.roomCodePoints });
const Nick = Type.String({ maxLength: 2 * limits.nickCodePoints });
const Session = Type.String({ minLength: 1, maxLength: 32, pattern: '^[A-Za-z0-9_-]+$' });
/** `SESSION.SECRET`; chosen by the gateway, so that a repeated publish is the same session. */
const Token = Type.String({
  minLength: 24,
  maxLength: 128,
  pattern: '^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{22,}$',
});
const Reason = Type.Optional(Type.String({ maxLength: limits.reasonCodePoints }));
/** What is said; a notice is never answered by a program (RFC 2812 §3.3.2). */
const Kind = Type.Optional(Type.Enum(['message', 'action', 'notice']));
/** A nick, `account:NICK`, or an address range in CIDR notation. */
const Who = Type.String({ minLength: 1, maxLength: 128 });
const ForMs = Type.Optional(Type.Integer({ minimum: 1_000, maximum: limits.restraintMs }));
const Connection = {
  /** The dialect and transport the client speaks, `text+tcp`. */
  wire: Type.String({ maxLength: 32 }),
  /** The client's address, when there is one. */
  address: Type.Optional(Type.String({ maxLength: 64 })),
};

/**
 * What a publish can ask for, by type. One table: validation, types and documents come from it.
 * The actor is the envelope's session.
 */
export const commands = {
  /** A guest enters, and is in the rooms named (the lobby when none is). */
  open: Type.Object({
    type: Type.Literal('open'),
    nick: Nick,
    token: Token,
    rooms: Type.Optional(Type.Array(Room, { maxItems: limits.roomsPerSession })),
    ...Connection,
  }),
  /** A session continues on another connection. */
  resume: Type.Object({ type: Type.Literal('resume'), token: Token, ...Connection }),
  /** The client is done: others see it leave at once. */
  close: Type.Object({
    type: Type.Literal('close'),
    reason: Type.Optional(Type.String({ maxLength: 256 })),
    /** It didn't say goodbye, so that it may come back. */
    resumable: Type.Optional(Type.Literal(true)),
  }),
  /** The connection vanished: others see the client leave when it hasn't resumed in time. */
  detach: Type.Object({ type: Type.Literal('detach') }),
  say: Type.Object({
    type: Type.Literal('say'),
    room: Room,
    text: Text,
    kind: Kind,
    /** What it replies to. */
    ref: Type.Optional(Ref),
  }),
  /** A message to one person, kept in the pair's log. */
  private: Type.Object({
    type: Type.Literal('private'),
    to: Nick,
    text: Text,
    kind: Kind,
    ref: Type.Optional(Ref),
  }),
  /** Says another text in place of one's own. */
  edit: Type.Object({ type: Type.Literal('edit'), room: Room, ref: Ref, text: Text }),
  /** Takes back what was said: its text is out of the log for good. */
  delete: Type.Object({ type: Type.Literal('delete'), room: Room, ref: Ref }),
  /** Reacts to what was said, or no longer (`remove`). */
  react: Type.Object({
    type: Type.Literal('react'),
    room: Room,
    ref: Ref,
    text: Text,
    remove: Type.Optional(Type.Boolean()),
  }),
  rename: Type.Object({ type: Type.Literal('rename'), nick: Nick }),
  /** The person does not read for a while; a private message tells its sender so. */
  away: Type.Object({
    type: Type.Literal('away'),
    text: Type.Optional(Type.String({ maxLength: 2 * limits.awayCodePoints })),
  }),
  back: Type.Object({ type: Type.Literal('back') }),
  /** What the person is called besides the nick; nothing when empty. */
  setname: Type.Object({
    type: Type.Literal('setname'),
    realName: Type.String({ maxLength: 2 * limits.realNameCodePoints }),
  }),
  join: Type.Object({ type: Type.Literal('join'), room: Room }),
  part: Type.Object({ type: Type.Literal('part'), room: Room, reason: Reason }),
  /** Sets what is given of a room; nothing given asks how it is set. */
  configure: Type.Object({
    type: Type.Literal('configure'),
    room: Room,
    visibility: Type.Optional(roomSettings.visibility),
    speak: Type.Optional(roomSettings.speak),
    keepMs: Type.Optional(roomSettings.keepMs),
    keepCount: Type.Optional(roomSettings.keepCount),
  }),
  /** Lets somebody into a private room, or (`remove`) no longer. */
  invite: Type.Object({
    type: Type.Literal('invite'),
    room: Room,
    nick: Nick,
    remove: Type.Optional(Type.Boolean()),
  }),
  /** How far the account has read a room, or `@NICK` the log it shares with somebody; it never goes back. */
  mark: Type.Object({
    type: Type.Literal('mark'),
    room: Room,
    seq: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    /** When the last that was read was said, in milliseconds since the Unix epoch. */
    at: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  }),
  topic: Type.Object({ type: Type.Literal('topic'), room: Room, text: Text }),
  /** A signal: told to who is there, kept nowhere. */
  /** Types, or (`stopped`) no longer. */
  typing: Type.Object({
    ...{ type: Type.Literal('typing'), room: Room },
    stopped: Type.Optional(Type.Literal(true)),
  }),
  /** Asks whichever service registered the slash command `name`; it answers in the room. */
  invoke: Type.Object({
    type: Type.Literal('invoke'),
    name: Type.String({ minLength: 1, maxLength: 32 }),
    args: Text,
    room: Room,
  }),
  /**
   * Asks for a ticket, by which http-static takes a file for a room, or for somebody (`@NICK`), from
   * the session, and tells it there in its name.
   */
  upload: Type.Object({ type: Type.Literal('upload'), room: Room }),
  /** A service that took a file from a session says so in its name. */
  share: Type.Object({
    ...{ type: Type.Literal('share'), room: Room, text: Text },
    card: Type.Optional(Card),
  }),
  /** A service says something in a room under its own name, without being a session. */
  announce: Type.Object({
    type: Type.Literal('announce'),
    room: Room,
    text: Text,
    nick: Nick,
    /** The same as the text, for who can draw it; only services give one. */
    card: Type.Optional(Card),
  }),
  /** A room is told when a name changes. A service asks for it, for a session. */
  watch: Type.Object({
    type: Type.Literal('watch'),
    room: Room,
    ...watched,
    everyMs: Type.Optional(WatchInterval),
  }),
  unwatch: Type.Object({ type: Type.Literal('unwatch'), room: Room, ...watched }),
  /** Asks for what is watched for a room. */
  watches: Type.Object({ type: Type.Literal('watches'), room: Room }),
  /** A service tells what it found of a watched name, and what there is to say if that is news. */
  observe: Type.Object({
    type: Type.Literal('observe'),
    room: Room,
    ...watched,
    /** Of the state that it was compared with. */
    revision: Type.Integer({ minimum: 0 }),
    state: ProbeState,
    news: Type.Optional(Type.Object({ text: Text, nick: Nick, card: Type.Optional(Card) })),
  }),
  /** Ends another session. */
  kick: Type.Object({
    type: Type.Literal('kick'),
    target: Session,
    reason: Type.Optional(Type.String({ maxLength: 256 })),
  }),
  /** Puts somebody out of a room. */
  remove: Type.Object({ type: Type.Literal('remove'), room: Room, nick: Nick, reason: Reason }),
  /** Keeps somebody out of a room, or off the server (`EVERYWHERE`), for a while or for good. */
  ban: Type.Object({
    type: Type.Literal('ban'),
    room: Room,
    who: Who,
    reason: Reason,
    forMs: ForMs,
  }),
  unban: Type.Object({ type: Type.Literal('unban'), room: Room, who: Who }),
  /** Asks for the bans of a room. */
  bans: Type.Object({ type: Type.Literal('bans'), room: Room }),
  /** Takes somebody's word in a room, for a while or for good. */
  mute: Type.Object({
    type: Type.Literal('mute'),
    room: Room,
    nick: Nick,
    reason: Reason,
    forMs: ForMs,
  }),
  unmute: Type.Object({ type: Type.Literal('unmute'), room: Room, nick: Nick }),
  /** Slow mode: a message a person in so many milliseconds; 0 ends it. */
  slow: Type.Object({
    type: Type.Literal('slow'),
    room: Room,
    ms: Type.Integer({ minimum: 0, maximum: limits.slowMs }),
  }),
  /** Gives somebody a role in a room, or (`member`) takes it. */
  role: Type.Object({
    type: Type.Literal('role'),
    room: Room,
    nick: Nick,
    role: Type.Enum([...roles, 'operator']),
  }),
} as const;

export type CommandType = keyof typeof commands;
export type Command = { [T in CommandType]: Described<(typeof commands)[T]> }[CommandType];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/** A command on its way to chat-core; `id` makes a repeated publish the same publish. */
export type Envelope = {
  readonly id: string;
  /** The session that acts. */
  readonly session: string;
  readonly command: Command;
  /** W3C traceparent (https://www.w3.org/TR/trace-context/#traceparent-header). */
  readonly trace?: string;
};

/** The schema of an envelope with one type of command. */
export const envelopeOf = <T extends CommandType>(type: T) =>
  Type.Object({
    id: Type.String({ minLength: 1, maxLength: limits.idCodePoints }),
    session: Session,
    command: commands[type],
    trace: Type.Optional(Type.String({ maxLength: 64 })),
  });
