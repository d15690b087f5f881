import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';

/** Ten years: clients know a self-signed certificate by its fingerprint, which should last. */
const VALID_MS = 315_360_000_000;
/** Clocks of clients may be behind. */
const SKEW_MS = 86_400_000;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new key and a certificate that it signed itself for these hosts, names or addresses, as one PEM. */
export const selfSigned = async (hosts: readonly string[], nowMs: number): Promise<string> => {
  // Heavy, and needed once in the life of an installation. Its parts find each other by reflection.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as Crypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const names = hosts.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }) as const);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `00${randomBytes(16).toString('hex')}`,
    name: [{ CN: [hosts[0] ?? 'localhost'] }],
    notBefore: new Date(nowMs - SKEW_MS),
    notAfter: new Date(nowMs + VALID_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const keyPem = x509.PemConverter.encode(key, 'PRIVATE KEY');
  return `${keyPem}\n${certificate.toString('pem')}\n`;
};
