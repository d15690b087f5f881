import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../log.ts';
import { defineMetrics } from '../metric.ts';
import type { Metrics } from '../metrics.ts';
import { SettingsError } from '../settings.ts';
import {
  type CertificateFiles,
  checkPair,
  type KeyPair,
  type LoadedCertificate,
  readPair,
} from './certificate-file.ts';
import { selfSigned } from './self-signed.ts';

export type { KeyPair } from './certificate-file.ts';

/** Where to look for a certificate: files of the operator's, or one that is made once and kept. */
export type CertificateSource =
  | { readonly type: 'given'; readonly files: CertificateFiles }
  | { readonly type: 'own'; readonly file: string; readonly hosts: readonly string[] };

export type CertificateOptions = {
  readonly source: CertificateSource;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, 'watch'>;
  /** How often the files are looked at. */
  readonly everyMs?: number;
  readonly now?: () => number;
};

/** The certificate of this process, the newest that its files hold. Disposed, it looks at them no more. */
export interface Certificate extends Disposable {
  readonly pair: KeyPair;
  /** SHA-256 of the DER, `AB:CD:…`. */
  readonly fingerprint: string;
  /** Milliseconds since the Unix epoch. */
  readonly notAfter: number;
  /** Calls `renew` with each certificate that takes the place of this one. */
  onRenewed(renew: (pair: KeyPair) => void): void;
}

export const certificateMetrics = defineMetrics({
  notAfter: {
    kind: 'gauge',
    name: 'partyline_tls_certificate_not_after_timestamp_seconds',
    help: 'When the certificate ends, in seconds since the Unix epoch; none where TLS is not spoken.',
  },
});

/** What an operator can set of each source. */
const settingsOf = {
  given: 'PARTYLINE_TLS_CERTIFICATE and PARTYLINE_TLS_KEY',
  own: 'PARTYLINE_DATA',
} as const satisfies Record<CertificateSource['type'], string>;

const LOOK_MS = 2_000;
const SOON_MS = 14 * 86_400_000;

/**
 * Opens the certificate; makes one where none was given. Rejects with a SettingsError that says
 * what is wrong with its files.
 *
 * They are read again and again, so that they may be written over, renamed into place or be links
 * that are switched, on any file system. Files that don't fit each other (yet) change nothing.
 */
export const openCertificate = async ({
  source,
  log,
  metrics,
  everyMs = LOOK_MS,
  now = Date.now,
}: CertificateOptions): Promise<Certificate> => {
  const files = await filesOf(source, now());
  let current: LoadedCertificate;
  try {
    current = checkPair(await readPair(files), files);
  } catch (error) {
    throw new SettingsError([`${settingsOf[source.type]}: ${(error as Error).message}.`]);
  }
  tell(current, 'certificate', log, now());
  metrics?.watch(certificateMetrics.notAfter, () => current.notAfter / 1_000);
  const renewals: ((pair: KeyPair) => void)[] = [];
  let seen = current.pair;
  let lastReason = '';

  const look = async (): Promise<void> => {
    try {
      const pair = await readPair(files);
      if (pair.cert === seen.cert && pair.key === seen.key) return;
      seen = pair;
      current = checkPair(pair, files);
      lastReason = '';
      tell(current, 'new certificate', log, now());
      for (const renew of renewals) renew(current.pair);
    } catch (error) {
      const reason = (error as Error).message;
      if (reason !== lastReason)
        log.warn({ reason }, 'the new certificate is not usable, kept the old');
      lastReason = reason;
    }
  };
  const timer = setInterval(() => void look(), everyMs).unref();

  return {
    get pair() {
      return current.pair;
    },
    get fingerprint() {
      return current.fingerprint;
    },
    get notAfter() {
      return current.notAfter;
    },
    onRenewed: (renew) => void renewals.push(renew),
    [Symbol.dispose]: () => clearInterval(timer),
  };
};

const filesOf = async (source: CertificateSource, nowMs: number): Promise<CertificateFiles> => {
  if (source.type === 'given') return source.files;
  const { file, hosts } = source;
  await makeOnce(file, () => selfSigned(hosts, nowMs));
  return { certificate: file, key: file };
};

/** Makes a file, for its owner alone, where it is missing: whole or not at all, and by one of all processes that try. */
const makeOnce = async (file: string, make: () => Promise<string>): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file)) return;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, await make(), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const tell = (it: LoadedCertificate, what: string, log: Log, nowMs: number): void => {
  const { fingerprint, notAfter } = it;
  const fields = { sha256: fingerprint, until: new Date(notAfter).toISOString() };
  if (notAfter < nowMs) log.warn(fields, `${what}, which is out of date`);
  else if (notAfter < nowMs + SOON_MS) log.warn(fields, `${what}, which ends soon`);
  else log.info(fields, what);
};
