import { Type } from 'typebox';
import { limits } from './limits.ts';
import type { Described } from './static.ts';

/** What whoever runs a room can set of it. */
export const roomSettings = {
  /** Private: only people who are invited come in, and strangers are not told that it is there. */
  visibility: Type.Enum(['public', 'private']),
  /** Moderators: others only read. */
  speak: Type.Enum(['everyone', 'moderators']),
  /** How old events get before they are deleted; 0 is for ever. */
  keepMs: Type.Integer({ minimum: 0, maximum: limits.keepMs }),
  /** How many events are kept, the newest; 0 is all. */
  keepCount: Type.Integer({ minimum: 0, maximum: limits.keepCount }),
} as const;

/** How a room is set. */
export const RoomSettings = Type.Object(roomSettings);
export type RoomSettings = Described<typeof RoomSettings>;

/** What is to be set; what is left out stays. */
export const SomeRoomSettings = Type.Partial(RoomSettings);
export type SomeRoomSettings = Described<typeof SomeRoomSettings>;

/** What every room is at first. */
export const usualSettings: RoomSettings = {
  ...{ visibility: 'public', speak: 'everyone', keepMs: 0, keepCount: 0 },
};
