import { Type } from 'typebox';
import type { Described } from './static.ts';

/**
 * What a bot's token can allow: `say` something, `read` what is said, answer slash `commands`; each
 * in the rooms that the token is for.
 */
export const botScopes = ['say', 'read', 'commands'] as const;
export const BotScope = Type.Enum([...botScopes]);
export type BotScope = Described<typeof BotScope>;

/** Among the rooms of a bot: every public one. A private room has to be named. */
export const EVERY_PUBLIC_ROOM = '*';
