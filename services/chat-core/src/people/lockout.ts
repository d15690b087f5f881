import { limits } from '@partyline/protocol';
import { addressBlock } from '@partyline/service';
import type { LockoutRow } from '../store/rows.ts';

/** Mistakes are forgotten when there was none for so long; more than the longest wait. */
export const FORGOTTEN_MS = 4 * limits.passwordWaitSeconds * 1_000;

/** Where a password was given; clients without an address (Unix sockets) are of one place. */
export const addressKey = (address: string | null): string =>
  `address ${address === null ? 'local' : addressBlock(address)}`;

/** For whom a password was given, registered or not. */
export const nameLockKey = (nameKey: string): string => `name ${nameKey}`;

const triesOf = (key: string): number =>
  key.startsWith('name ') ? limits.passwordTriesOfName : limits.passwordTriesOfAddress;

/** How long a place or a name is locked after so many mistakes: twice as long with each. */
const waitMs = (key: string, mistakes: number): number => {
  const over = mistakes - triesOf(key);
  return over < 0 ? 0 : 1_000 * Math.min(2 ** over, limits.passwordWaitSeconds);
};

/** What is known of a place or a name after one more wrong password. */
export const afterMistake = (
  key: string,
  before: LockoutRow | undefined,
  now: number,
): LockoutRow => {
  const isKnown = before !== undefined && before.at + FORGOTTEN_MS > now;
  const mistakes = (isKnown ? before.mistakes : 0) + 1;
  return { key, mistakes, at: now, until: now + waitMs(key, mistakes) };
};

/**
 * For how long no password is looked at. A name is locked only for places that have made a mistake
 * themselves: whoever owns it, knows its password and comes from elsewhere is let in, however many
 * others try.
 */
export const lockedMs = (
  place: LockoutRow | undefined,
  name: LockoutRow | undefined,
  now: number,
): number => {
  const erred = place !== undefined && place.at + FORGOTTEN_MS > now;
  return erred ? Math.max(0, place.until - now, (name?.until ?? 0) - now) : 0;
};
