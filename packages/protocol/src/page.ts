import { Type } from 'typebox';
import { Event } from './event.ts';
import type { Described } from './static.ts';

/** One page of a room's log: `GET /bus/v1/rooms/{room}/events?after=41&limit=100`. */
export const EventPage = Type.Object({
  epoch: Type.String(),
  room: Type.String(),
  /** The numbers of the first event that is still there and of the last; 0 and 0 in an empty room. */
  first: Type.Integer(),
  head: Type.Integer(),
  /** Ascending by seq. */
  events: Type.Array(Event),
});
export type EventPage = Described<typeof EventPage>;

/** Which events of a room; a page of them is told oldest first. */
export type EventQuery =
  /** Those after a seq. */
  | { readonly after: number; readonly limit: number }
  /** The last ones before a seq. */
  | { readonly before: number; readonly limit: number }
  /** As many before a seq as from it on. */
  | { readonly around: number; readonly limit: number }
  /** Those at or after a time, in milliseconds since the Unix epoch. */
  | { readonly at: number; readonly limit: number };

/** A room as lists tell it: `GET /bus/v1/rooms`. */
export const RoomInfo = Type.Object({
  room: Type.String(),
  members: Type.Integer(),
  seq: Type.Integer(),
  topic: Type.Optional(Type.String()),
  /** Only in lists for people who are in it. */
  visibility: Type.Optional(Type.Literal('private')),
});
export type RoomInfo = Described<typeof RoomInfo>;

/** Who is in a room: `GET /bus/v1/rooms/{room}/members`. */
export const MemberInfo = Type.Object({
  nick: Type.String(),
  account: Type.Optional(Type.String()),
  /** A word about why, empty when there is none; not there when the person is. */
  away: Type.Optional(Type.String()),
});
export type MemberInfo = Described<typeof MemberInfo>;
