import { Type } from 'typebox';
import { limits } from './limits.ts';
import { RoomDeed } from './moderation.ts';
import type { Described } from './static.ts';

const who = {
  nick: Type.String(),
  session: Type.String(),
  /** People online after the change. */
  online: Type.Integer(),
  /** The nick that it has registered, whatever it goes by; a guest has none. */
  accountNick: Type.Optional(Type.String()),
  /** What it is called besides the nick, if it said so. */
  realName: Type.Optional(Type.String()),
};

/** How somebody came out of a room: by its own wish, put out by somebody, or since its session ended. */
export const departures = ['parted', 'removed', 'quit'] as const;
export type Departure = (typeof departures)[number];

/** One change of who is there. */
export const PresenceChange = Type.Union([
  Type.Object({ change: Type.Literal('joined'), ...who }),
  Type.Object({
    change: Type.Literal('left'),
    ...who,
    how: Type.Optional(Type.Enum([...departures])),
    /** The nick of whoever put it out. */
    by: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
  }),
  Type.Object({ change: Type.Literal('renamed'), ...who, was: Type.String() }),
  /** It is its account's from now on. */
  Type.Object({ change: Type.Literal('identified'), ...who }),
  /** It is called otherwise besides the nick. */
  Type.Object({ change: Type.Literal('described'), ...who }),
  Type.Object({ change: Type.Literal('away'), ...who, text: Type.Optional(Type.String()) }),
  Type.Object({ change: Type.Literal('back'), ...who }),
]);
export type PresenceChange = Described<typeof PresenceChange>;

/** Unnumbered, kept nowhere, may be dropped. */
export const Signal = Type.Union([
  Type.Object({
    type: Type.Literal('presence'),
    room: Type.String(),
    /** In order. */
    changes: Type.Array(PresenceChange, { maxItems: limits.presenceNames }),
    /** How many more came and went than `changes` tells one by one. */
    moreJoined: Type.Integer(),
    moreLeft: Type.Integer(),
    /** People in the room after all of it. */
    members: Type.Integer(),
    online: Type.Integer(),
  }),
  Type.Object({
    type: Type.Literal('typing'),
    room: Type.String(),
    nick: Type.String(),
    session: Type.String(),
    /** No longer. */
    stopped: Type.Optional(Type.Literal(true)),
  }),
  /** Somebody who runs the room did something that concerns all who are there. */
  Type.Object({
    type: Type.Literal('deed'),
    room: Type.String(),
    /** The nick of whoever did it. */
    by: Type.String(),
    /** Sessions that are told of it otherwise: of who did it, and of whom it was done to. */
    except: Type.Array(Type.String()),
    what: RoomDeed,
  }),
]);
export type Signal = Described<typeof Signal>;
export type SignalOf<T extends Signal['type']> = Extract<Signal, { type: T }>;
