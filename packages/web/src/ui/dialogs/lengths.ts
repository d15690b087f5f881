import { t } from '../../text/locale.ts';
import { lengthText } from '../../text/time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** For how long a mute or a ban may be given, in milliseconds; 0 is until it is lifted. */
export const lengths = [10 * MINUTE_MS, HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 0] as const;

export const lengthName = (ms: number): string => (ms === 0 ? t('forGood') : lengthText(ms));

/** How slow a room may be made, in milliseconds a message; 0 is not. */
export const paces = [0, 5_000, 15_000, 30_000, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS] as const;

/** For how long a room may keep its messages, in milliseconds; 0 is for ever. */
export const ages = [0, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS, 365 * DAY_MS] as const;

/** How many it may keep; 0 is all. */
export const counts = [0, 100, 1_000, 10_000, 100_000] as const;

/** The offered values, and the one that there is if that is another. */
export const withCurrent = (offered: readonly number[], current: number): readonly number[] =>
  offered.includes(current) ? offered : [...offered, current];
