import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** A certificate, its chain and its key, as PEM: what a TLS server is made with. */
export type KeyPair = { readonly cert: string; readonly key: string };

/** Where a certificate is kept; the key may be in the same file. */
export type CertificateFiles = { readonly certificate: string; readonly key: string };

/** A certificate as it was read. */
export type LoadedCertificate = {
  readonly pair: KeyPair;
  /** SHA-256 of the DER, `AB:CD:…`, as clients show it. */
  readonly fingerprint: string;
  /** Milliseconds since the Unix epoch. */
  readonly notAfter: number;
};

/** Reads a certificate and its key as they are; rejects with what can't be read. */
export const readPair = async (files: CertificateFiles): Promise<KeyPair> => {
  const [cert, key] = await Promise.all([read(files.certificate), read(files.key)]);
  return { cert, key };
};

/** Checks a certificate and its key; throws what is wrong with them, by file. */
export const checkPair = (pair: KeyPair, files: CertificateFiles): LoadedCertificate => {
  const leaf = parse(files.certificate, pair.cert);
  try {
    // Also says whether the key is that of the certificate.
    createSecureContext(pair);
  } catch (error) {
    throw new Error(`the key in ${files.key} does not fit the certificate (${reasonOf(error)})`);
  }
  return { pair, fingerprint: leaf.fingerprint256, notAfter: leaf.validToDate.getTime() };
};

const read = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read (${reasonOf(error)})`);
  }
};

const parse = (file: string, pem: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new Error(`${file} holds no certificate in PEM (${reasonOf(error)})`);
  }
};

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
