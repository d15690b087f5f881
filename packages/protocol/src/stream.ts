import { Type } from 'typebox';
import { Event } from './event.ts';
import { markerMembers } from './marker.ts';
import { PersonalDeed } from './moderation.ts';
import { Problem } from './problem.ts';
import { Signal } from './signal.ts';
import type { Described } from './static.ts';
import { ProbeState, watched } from './watch.ts';

const session = Type.String();
const room = Type.String();

/** One line of a subscribe stream, from chat-core to an instance. */
export const StreamLine = Type.Union([
  /** What a stream begins with: one line, or several when the instance reads very many rooms. */
  Type.Object({
    type: Type.Literal('welcome'),
    instance: Type.String(),
    epoch: Type.String(),
    online: Type.Integer(),
    /** Where the log stands in each room in which the instance has members or that its hello follows. */
    heads: Type.Record(Type.String(), Type.Integer()),
    /** Another welcome follows, with the heads of more rooms. */
    more: Type.Optional(Type.Literal(true)),
  }),
  Type.Object({ type: Type.Literal('event'), event: Event }),
  Type.Object({ type: Type.Literal('signal'), signal: Signal }),
  Type.Object({ type: Type.Literal('online'), online: Type.Integer() }),
  /** A room has gone on whose head the instance wants to be told; `seq` is its last event. */
  Type.Object({ type: Type.Literal('head'), room, seq: Type.Integer() }),
  /** One of the instance's sessions came into a room otherwise than by its own join. */
  Type.Object({
    type: Type.Literal('entered'),
    session,
    room,
    /** The last event it is not owed. */
    since: Type.Integer(),
  }),
  /** One of the instance's sessions is out of a room otherwise than by its own part. */
  Type.Object({
    type: Type.Literal('removed'),
    session,
    room,
    /** A word by whoever put it out; may be empty. */
    reason: Type.String(),
    /** The nick of whoever put it out, if somebody did. */
    by: Type.Optional(Type.String()),
    /** Why it may not be there any more, where nobody gave a reason. */
    problem: Type.Optional(Problem),
  }),
  /** People whom the instance monitors came, by their nicks, or went, by the keys of them. */
  Type.Object({
    type: Type.Literal('monitored'),
    came: Type.Array(Type.String()),
    went: Type.Array(Type.String()),
  }),
  /** One of the instance's sessions may come into a private room now, if it joins. */
  Type.Object({
    type: Type.Literal('invited'),
    session,
    room,
    /** The nick of whoever invited it. */
    by: Type.String(),
  }),
  /** Another session of the same account has read a room so far. */
  Type.Object({ type: Type.Literal('marked'), session, ...markerMembers }),
  /** Something was done by a moderator to the person of one of the instance's sessions. */
  Type.Object({
    type: Type.Literal('concerned'),
    session,
    /** `EVERYWHERE` is the server. */
    room,
    /** The nick of whoever did it. */
    by: Type.String(),
    what: PersonalDeed,
  }),
  /**
   * One of the instance's sessions goes by a nick, maybe another one otherwise than by its own
   * rename; told of accounts' sessions when a stream begins too, since word of it may have been lost.
   */
  Type.Object({ type: Type.Literal('renamed'), session, nick: Type.String() }),
  /**
   * Whom one of the instance's sessions wrote to does not read it now: is away with a word about why,
   * or has no session.
   */
  Type.Object({
    type: Type.Literal('absent'),
    session,
    nick: Type.String(),
    reason: Type.Enum(['away', 'offline']),
    text: Type.Optional(Type.String()),
  }),
  /** One of the instance's sessions is over: the connection is to be closed with the reason. */
  Type.Object({
    type: Type.Literal('ended'),
    session,
    /**
     * Resumed: it goes on over another instance; expired: it had been out of touch too long;
     * password-changed: its account has another one than it came in with.
     */
    cause: Type.Enum(['kicked', 'resumed', 'expired', 'password-changed']),
    /** A word by whoever ended it. */
    reason: Type.Optional(Type.String()),
  }),
  /** A slash command that this instance registered was used. */
  Type.Object({
    type: Type.Literal('invocation'),
    id: Type.String(),
    name: Type.String(),
    args: Type.String(),
    room,
    session,
    nick: Type.String(),
    /** The nick that whoever used it has registered; a guest has none. */
    accountNick: Type.Optional(Type.String()),
    /** Whoever used it runs the server. */
    operator: Type.Optional(Type.Literal(true)),
    trace: Type.Optional(Type.String()),
  }),
  /** A watched name is to be looked up by this instance. */
  Type.Object({
    type: Type.Literal('watch'),
    room,
    ...watched,
    revision: Type.Integer(),
    /** What is so, as far as the room knows; not there before it was looked up. */
    state: Type.Optional(ProbeState),
  }),
  Type.Object({ type: Type.Literal('heartbeat'), at: Type.Integer() }),
]);
export type StreamLine = Described<typeof StreamLine>;
export type StreamLineOf<T extends StreamLine['type']> = Extract<StreamLine, { type: T }>;
