import type { Event } from './event.ts';

/** One page of a room's log: `GET /bus/v1/rooms/{room}/events?after=41&limit=100`. */
export type EventPage = {
  readonly epoch: string;
  readonly room: string;
  /** The numbers of the first event that is still there and of the last; 0 and 0 in an empty room. */
  readonly first: number;
  readonly head: number;
  /** Ascending by seq. */
  readonly events: readonly Event[];
};

/** Which events of a room: those after a seq (oldest first), or the last ones before a seq. */
export type EventQuery =
  | { readonly after: number; readonly limit: number }
  | { readonly before: number; readonly limit: number };

/** A room as lists tell it: `GET /bus/v1/rooms`. */
export type RoomInfo = {
  readonly room: string;
  readonly members: number;
  readonly seq: number;
  readonly topic?: string;
};

/** Who is in a room: `GET /bus/v1/rooms/{room}/members`. */
export type MemberInfo = { readonly nick: string; readonly account?: string };
