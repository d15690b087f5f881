import { limits } from '@partyline/protocol';

/** A reason, cut where it is too long. */
export const reasonOf = (reason: string): string =>
  [...reason.toWellFormed()].slice(0, limits.reasonCodePoints).join('');
