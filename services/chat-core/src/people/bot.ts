import { randomBytes } from 'node:crypto';
import {
  type BotScope,
  type CommandInfo,
  EVERY_PUBLIC_ROOM,
  isPairRoom,
} from '@partyline/protocol';
import type { AccountRow, RoomRow } from '../store/rows.ts';

const ID = /^b-[A-Za-z0-9_-]{16}$/;

/** A bot's account; a session's id has another length, so that no guest is ever a bot. */
export const newBotId = (): string => `b-${randomBytes(12).toString('base64url')}`;

/** Whether whoever said something is a bot. */
export const isBot = (person: string): boolean => ID.test(person);

/** A slash command for which a URL is called. */
export type CalledCommand = CommandInfo & {
  readonly url: string;
  /** What its calls are signed with: `whsec_` and the key in base64. */
  readonly secret: string;
};

/** How a bot is spoken for. */
export type BotUse =
  /** By a token for the bus, or an address that takes what it is to say. */
  | { readonly use: 'token' | 'webhook' }
  /** By what is answered when its slash command is used. */
  | { readonly use: 'command'; readonly command: CalledCommand };

/** What a bot is besides an account: who may speak for it, and where. */
export type BotPart = BotUse & {
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: string;
  readonly scopes: readonly BotScope[];
  /** Rooms by name, or `EVERY_PUBLIC_ROOM`. */
  readonly rooms: readonly string[];
  /** To the minute; null when it was never used. */
  readonly usedAt: number | null;
  /** When the token ends by itself. */
  readonly until: number | null;
};

/** What somebody who showed a bot's token may do. */
export type Grant = Pick<BotPart, 'use' | 'scopes' | 'rooms' | 'until'> & {
  /** The bot's account. */
  readonly bot: string;
  readonly nick: string;
};

/** What a bot's token allows, if it holds at that time and is for that use. */
export const grantOf = (
  { account, nick, bot }: AccountRow,
  use: BotPart['use'],
  now: number,
): Grant | undefined => {
  if (bot === null || bot.use !== use || (bot.until !== null && bot.until <= now)) return undefined;
  const { scopes, rooms, until } = bot;
  return { bot: account, nick, use, scopes, rooms, until };
};

/**
 * Whether rooms that somebody was given reach a room as it is now; one that isn't there yet would be
 * public. The logs of pairs are nobody's else.
 */
export const reaches = (
  rooms: readonly string[],
  name: string,
  room: Pick<RoomRow, 'visibility'> | undefined,
): boolean =>
  !isPairRoom(name) &&
  (rooms.includes(name) ||
    (rooms.includes(EVERY_PUBLIC_ROOM) && (room?.visibility ?? 'public') === 'public'));
