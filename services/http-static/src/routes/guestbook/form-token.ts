import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '@partyline/gateway';

/** A form may lie open for so long. */
const OPEN_MS = 24 * 3_600_000;
const NONCE_BYTES = 12;

/**
 * What a form of ours carries, so that nobody else's page can send it (CSRF), and so that it is
 * taken once: each is another. It needs no cookie, since it is for the address that asked for it.
 */
export interface FormTokens {
  issue(address: string): string;
  isValid(token: string, address: string): boolean;
}

export const createFormTokens = (
  key: string,
  random: RandomBytes,
  now: () => number,
): FormTokens => {
  const sign = (nonce: string, at: string, address: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify(['partyline form', nonce, at, address]))
      .digest()
      .subarray(0, 18)
      .toString('base64url');
  return {
    issue: (address) => {
      const nonce = random(NONCE_BYTES).toString('base64url');
      const at = now().toString(36);
      return `${nonce}.${at}.${sign(nonce, at, address)}`;
    },
    isValid: (token, address) => {
      const [nonce = '', at = '', signature = '', ...more] = token.split('.');
      const expected = sign(nonce, at, address);
      if (more.length > 0 || signature.length !== expected.length) return false;
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return false;
      const age = now() - Number.parseInt(at, 36);
      return age >= 0 && age <= OPEN_MS;
    },
  };
};
