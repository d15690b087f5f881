import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../log.ts';
import { type Certificate, openCertificate } from '../tls/certificate.ts';

/** A certificate in a folder of its own, for tests of what shows it; disposed, the folder is gone. */
export type RenewableCertificate = Disposable & {
  readonly certificate: Certificate;
  /** Puts another in its place, as an operator would; its fingerprint. */
  renew(): Promise<string>;
};

/** Makes one for `localhost`, which is looked at anew every 20 ms. */
export const makeCertificate = async (): Promise<RenewableCertificate> => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-certificate-'));
  const log = createLog({ service: 'test', instance: 'test', level: 'silent' });
  const own = (name: string) =>
    openCertificate({
      source: { type: 'own', file: join(folder, name), hosts: ['localhost'] },
      log,
      everyMs: 20,
    });
  const certificate = await own('one.pem');
  return {
    certificate,
    renew: async () => {
      using next = await own('two.pem');
      writeFileSync(join(folder, 'one.pem'), next.pair.cert);
      return next.fingerprint;
    },
    [Symbol.dispose]: () => {
      certificate[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
