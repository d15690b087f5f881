import { Type } from 'typebox';
import { Event } from './event.ts';
import { Role } from './moderation.ts';
import type { Described } from './static.ts';
import { topicMembers } from './topic.ts';

/** One page of a room's log: `GET /bus/v1/rooms/{room}/events?after=41&limit=100`. */
export const EventPage = Type.Object({
  epoch: Type.String(),
  room: Type.String(),
  /** The numbers of the first event that is still there and of the last; 0 and 0 in an empty room. */
  first: Type.Integer(),
  head: Type.Integer(),
  /** Ascending by seq. */
  events: Type.Array(Event),
  /**
   * What was said after them and changes how they are shown, where that was asked for: the last edit
   * of each, and reactions. Ascending by seq; of many, the newest.
   */
  later: Type.Optional(Type.Array(Event)),
});
export type EventPage = Described<typeof EventPage>;

/** Where in a room's log. */
type EventPlace =
  /** After a seq. */
  | { readonly after: number; readonly limit: number }
  /** The last ones before a seq. */
  | { readonly before: number; readonly limit: number }
  /** As many before a seq as from it on. */
  | { readonly around: number; readonly limit: number }
  /** At or after a time, in milliseconds since the Unix epoch. */
  | { readonly at: number; readonly limit: number };

/** Which events of a room; a page of them is told oldest first. */
export type EventQuery = EventPlace & {
  /** With what changed them later. */
  readonly later?: true;
};

/** One page of what a search finds: `GET /bus/v1/search?q=tea&session=ID&limit=20`. */
export const SearchPage = Type.Object({
  /** The last ones there are, oldest first. */
  events: Type.Array(Event),
  /** Where the page before this one begins: to be given as `before`. Left out when there is none. */
  next: Type.Optional(Type.Integer()),
  /** In a search of one room: the last event that the search knows of. */
  upTo: Type.Optional(Type.Integer()),
});
export type SearchPage = Described<typeof SearchPage>;

/** Where to search: one room, or all that a session is in. */
export type SearchPlace = { readonly room: string } | { readonly session: string };

/** What to search for. */
export type SearchQuery = {
  readonly text: string;
  readonly before?: number;
  readonly limit: number;
};

/** A room as lists tell it: `GET /bus/v1/rooms`. */
export const RoomInfo = Type.Object({
  room: Type.String(),
  members: Type.Integer(),
  seq: Type.Integer(),
  ...topicMembers,
  /** Only in lists for people who are in it. */
  visibility: Type.Optional(Type.Literal('private')),
});
export type RoomInfo = Described<typeof RoomInfo>;

/** Who is in a room: `GET /bus/v1/rooms/{room}/members`. */
export const MemberInfo = Type.Object({
  nick: Type.String(),
  /** The nick that it has registered, whatever it goes by; a guest has none. */
  accountNick: Type.Optional(Type.String()),
  /** What it is called besides the nick, if it said so. */
  realName: Type.Optional(Type.String()),
  /** What they may do there; not there for a plain member. */
  role: Type.Optional(Role),
  /** A word about why, empty when there is none; not there when the person is. */
  away: Type.Optional(Type.String()),
});
export type MemberInfo = Described<typeof MemberInfo>;

/** A person as whoever looks a nick up is told: `GET /bus/v1/people?nick=ada&session=ID`. */
export const PersonInfo = Type.Object({
  nick: Type.String(),
  /** The nick that it has registered, whatever it goes by; a guest has none. */
  accountNick: Type.Optional(Type.String()),
  /** What it is called besides the nick, if it said so. */
  realName: Type.Optional(Type.String()),
  /** Whether the person is here; else the nick is registered, or somebody left who went by it. */
  online: Type.Boolean(),
  /** When somebody left who went by the nick, which nobody has registered; in milliseconds since the Unix epoch. */
  leftAt: Type.Optional(Type.Integer()),
  /** A word about why, empty when there is none; not there when the person is. */
  away: Type.Optional(Type.String()),
  /** When the oldest of its sessions was opened, in milliseconds since the Unix epoch. */
  since: Type.Optional(Type.Integer()),
  /**
   * When it last said something, no later than that, in milliseconds since the Unix epoch; told to
   * those who are in a room with it.
   */
  spokeAt: Type.Optional(Type.Integer()),
  /** Rooms it is in, of private ones those that whoever asks is in too. */
  rooms: Type.Array(Type.String()),
  /** What it is in those of them in which it is more than a member. */
  roles: Type.Optional(Type.Record(Type.String(), Role)),
  /** The log that it shares with whoever asks, whether there is one yet or not. */
  pair: Type.Optional(Type.String()),
});
export type PersonInfo = Described<typeof PersonInfo>;
