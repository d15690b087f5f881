import { Type } from 'typebox';
import { type Problem, problem } from './problem.ts';
import type { Described } from './static.ts';

/** A certificate by which whoever shows it is an account's. */
export const Certificate = Type.Object({
  /** SHA-256 of the certificate, in lower-case hexadecimal. */
  fingerprint: Type.String(),
  /** When it was added, in milliseconds since the Unix epoch. */
  addedAt: Type.Integer(),
});
export type Certificate = Described<typeof Certificate>;

const FINGERPRINT = /^[\da-f]{64}$/;

/** The one spelling of a certificate's SHA-256, with colons or without; a problem when it is none. */
export const fingerprintOf = (text: string): string | Problem => {
  const fingerprint = text.replaceAll(':', '').toLowerCase();
  return FINGERPRINT.test(fingerprint) ? fingerprint : problem('certificate-bad');
};
