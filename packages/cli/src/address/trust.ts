import { readFile } from 'node:fs/promises';

/** What makes a server's certificate trusted, besides being signed by a known authority. */
export type Trust = {
  /** The SHA-256 fingerprint of the one certificate that is trusted: 64 hex digits, lower case. */
  readonly pin?: string;
  /** Authorities to trust instead of the system's, PEM. */
  readonly ca?: string;
};

/** A fingerprint's one spelling; undefined when it is no SHA-256 fingerprint. */
export const readPin = (text: string): string | undefined => {
  const digits = text
    .trim()
    .replace(/^sha-?256[:=/ ]/i, '')
    .replaceAll(/[:\s]/g, '')
    .toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined;
};

/** The certificates of a file. */
export const readAuthorities = async (path: string): Promise<string> => readFile(path, 'utf8');
