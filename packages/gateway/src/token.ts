/** Random bytes, `node:crypto`'s or a simulation's. */
export type RandomBytes = (bytes: number) => Buffer;

const tokenPattern = /^[A-Za-z0-9_-]{1,32}[.][A-Za-z0-9_-]{22,90}$/;

/** A new session's token, `SESSION.SECRET`: 12 bytes tell sessions apart, 24 can't be guessed. */
export const newToken = (random: RandomBytes): string =>
  `${random(12).toString('base64url')}.${random(24).toString('base64url')}`;

export const isToken = (text: string): boolean => tokenPattern.test(text);

/** The session that a token is for. */
export const sessionOf = (token: string): string => token.slice(0, token.indexOf('.'));

/** A nick for somebody who gave none: three bytes are enough that few meet, and few enough to be said. */
export const newGuestNick = (random: RandomBytes): string =>
  `guest-${random(3).readUIntBE(0, 3).toString(36).padStart(5, '0')}`;
