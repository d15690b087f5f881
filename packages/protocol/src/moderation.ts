import { Type } from 'typebox';
import { RoomSettings, SomeRoomSettings } from './room-settings.ts';
import type { Described } from './static.ts';

/** What somebody may be in a room. Whoever has no role there is a member. */
export const roles = ['owner', 'moderator', 'member'] as const;
/** In `EVERYWHERE` there is another one, which the admin API alone gives. */
export const Role = Type.Enum([...roles, 'operator']);
export type Role = Described<typeof Role>;

/** Stands for a room where the whole server is meant. */
export const EVERYWHERE = '*';

/** A ban as lists tell it. */
export const BanInfo = Type.Object({
  /** A nick, `account:NICK`, or an address range in CIDR notation. */
  who: Type.String(),
  /** When it ends by itself, in milliseconds since the Unix epoch; never when left out. */
  until: Type.Optional(Type.Integer()),
  reason: Type.String(),
  /** The nick of whoever banned. */
  by: Type.String(),
  at: Type.Integer(),
});
export type BanInfo = Described<typeof BanInfo>;

/** What was done to somebody in a room, as they are told it. */
export const PersonalDeed = Type.Union([
  Type.Object({
    deed: Type.Literal('mute'),
    /** When it ends by itself, in milliseconds since the Unix epoch; never when left out. */
    until: Type.Optional(Type.Integer()),
    /** May be empty. */
    reason: Type.String(),
  }),
  Type.Object({ deed: Type.Literal('unmute') }),
  Type.Object({ deed: Type.Literal('role'), role: Role }),
]);
export type PersonalDeed = Described<typeof PersonalDeed>;

/** What was done in a room that concerns all who are there, as they are told it. */
export const RoomDeed = Type.Union([
  /** A message a person in so many milliseconds; 0 when slow mode is over. */
  Type.Object({ deed: Type.Literal('slow'), ms: Type.Integer() }),
  Type.Object({ deed: Type.Literal('role'), nick: Type.String(), role: Role }),
  /** How the room is set now; `changed` is what of it was otherwise before. */
  Type.Object({
    deed: Type.Literal('configure'),
    settings: RoomSettings,
    changed: SomeRoomSettings,
  }),
  /** Somebody may come in who needed an invitation. */
  Type.Object({ deed: Type.Literal('invite'), nick: Type.String() }),
]);
export type RoomDeed = Described<typeof RoomDeed>;

/** A moment as refusals tell it: UTC to the minute (ISO 8601), or that it never comes. */
export const untilText = (until: number | null): string =>
  until === null ? '∞' : `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')}Z`;

/** A reason as refusals tell it. */
export const reasonText = (reason: string): string => (reason === '' ? '–' : reason);
