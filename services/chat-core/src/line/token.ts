import { createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The session a token is for; the rest of it is the secret. */
export const sessionOf = (token: string): string => token.slice(0, token.indexOf('.'));

/** A token as it is kept: whoever reads the database can't resume anybody's session. */
export const hashToken = (token: string): string => sha256(token).toString('base64url');

/** Compares in constant time. */
export const isSameToken = (token: string, hash: string): boolean =>
  timingSafeEqual(sha256(token), Buffer.from(hash, 'base64url'));
