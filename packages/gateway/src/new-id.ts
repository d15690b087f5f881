import type { RandomBytes } from './token.ts';

/** Makes ids for what is published, that nobody else makes: random per maker, and counted. */
export const createIds = (random: RandomBytes): (() => string) => {
  const prefix = `~${random(9).toString('base64url')}`;
  let ids = 0;
  return () => `${prefix}${(ids++).toString(36)}`;
};
