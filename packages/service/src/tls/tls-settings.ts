import { hostname } from 'node:os';
import { join } from 'node:path';
import { optional, setting } from '../setting.ts';
import { defineSettings, SettingsError, type SettingsOf } from '../settings.ts';
import type { CertificateSource } from './certificate.ts';

/** What every service that speaks TLS can be told. */
export const tlsSettings = defineSettings({
  tlsCertificate: setting.string(
    'PARTYLINE_TLS_CERTIFICATE',
    optional,
    'the PEM file of the certificate and its chain, taken anew when it changes; else one is made and kept in the data folder',
  ),
  tlsKey: setting.string(
    'PARTYLINE_TLS_KEY',
    optional,
    "the PEM file of the certificate's key; else it is in the same file",
  ),
});

/** Where the settings say that the certificate is. Throws a SettingsError when they don't fit each other. */
export const certificateSource = ({
  tlsCertificate: certificate,
  tlsKey: key,
  data,
  publicHost,
}: SettingsOf<typeof tlsSettings> & {
  readonly data: string;
  readonly publicHost: string;
}): CertificateSource => {
  if (certificate !== undefined)
    return { type: 'given', files: { certificate, key: key ?? certificate } };
  if (key !== undefined)
    throw new SettingsError([
      'PARTYLINE_TLS_KEY is set, but PARTYLINE_TLS_CERTIFICATE is not: set both, or none.',
    ]);
  const hosts = [...new Set([publicHost, hostname(), 'localhost', '127.0.0.1', '::1'])];
  return { type: 'own', file: join(data, 'tls', 'self-signed.pem'), hosts };
};
