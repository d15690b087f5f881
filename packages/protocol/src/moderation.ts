import { Type } from 'typebox';
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

/** A moment as refusals tell it: UTC to the minute (ISO 8601), or that it never comes. */
export const untilText = (until: number | null): string =>
  until === null ? '∞' : `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')}Z`;

/** A reason as refusals tell it. */
export const reasonText = (reason: string): string => (reason === '' ? '–' : reason);
