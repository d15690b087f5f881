import { Type } from 'typebox';
import type { Described } from './static.ts';

/** How far a person has read a room, as their own sessions are told. */
export const markerMembers = {
  room: Type.String(),
  /** The last event that was read; 0 is none. */
  seq: Type.Integer(),
  /** When that was said, in milliseconds since the Unix epoch. */
  at: Type.Integer(),
  /** In a log of two: the nick of the other one. */
  peer: Type.Optional(Type.String()),
};

/** How far the account of a session has read a room: `GET /bus/v1/markers?session=ID`. */
export const Marker = Type.Object(markerMembers);
export type Marker = Described<typeof Marker>;
