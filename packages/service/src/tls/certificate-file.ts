import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
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

/** Reads a certificate and its key; throws what is wrong with them, by file. */
export const loadCertificate = (files: CertificateFiles): LoadedCertificate => {
  const cert = read(files.certificate);
  const key = read(files.key);
  const leaf = parse(files.certificate, cert);
  try {
    // Also says whether the key is that of the certificate.
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(`the key in ${files.key} does not fit the certificate (${reasonOf(error)})`);
  }
  return {
    pair: { cert, key },
    fingerprint: leaf.fingerprint256,
    notAfter: leaf.validToDate.getTime(),
  };
};

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
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
