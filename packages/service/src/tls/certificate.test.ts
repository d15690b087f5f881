import { X509Certificate } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../log.ts';
import { type CertificateSource, openCertificate } from './certificate.ts';
import { selfSigned } from './self-signed.ts';
import { certificateSource } from './tls-settings.ts';

const said: string[] = [];
const log = createLog(
  { service: 'test', instance: 'test', level: 'warn' },
  { write: (line) => said.push(JSON.parse(line).msg) },
);
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const open = async (source: CertificateSource) => {
  const certificate = await openCertificate({ source, log, everyMs: 20 });
  onTestFinished(() => certificate[Symbol.dispose]());
  return certificate;
};

const given = (certificate: string, key = certificate): CertificateSource => ({
  type: 'given',
  files: { certificate, key },
});

/** A key and its certificate in two files of a folder. */
const write = async (folder: string): Promise<{ certificate: string; key: string }> => {
  const pem = await selfSigned(['chat.example'], Date.now());
  const at = pem.indexOf('-----BEGIN CERTIFICATE');
  const files = { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.key, pem.slice(0, at));
  writeFileSync(files.certificate, pem.slice(at));
  return files;
};

const fingerprintOf = (file: string): string =>
  new X509Certificate(readFileSync(file)).fingerprint256;

describe('a certificate that nobody gave', () => {
  const own = (folder: string) =>
    certificateSource({
      ...{ tlsCertificate: undefined, tlsKey: undefined },
      ...{ data: folder, publicHost: 'chat.example' },
    });

  test('is made once, for its owner alone, and kept', async () => {
    const folder = newFolder();
    const first = await open(own(folder));
    expect(statSync(join(folder, 'tls', 'self-signed.pem')).mode & 0o777).toBe(0o600);
    expect((await open(own(folder))).fingerprint).toBe(first.fingerprint);
  });

  test('is the same for all who start at once', async () => {
    const folder = newFolder();
    const all = await Promise.all(Array.from({ length: 5 }, () => open(own(folder))));
    expect(new Set(all.map((it) => it.fingerprint)).size).toBe(1);
  });

  test('is for the names by which this machine is reached', async () => {
    const { pair } = await open(own(newFolder()));
    const leaf = new X509Certificate(pair.cert);
    expect(leaf.checkHost('chat.example')).toBe('chat.example');
    expect(leaf.checkHost('localhost')).toBe('localhost');
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkIP('::1')).toBeDefined();
    expect(leaf.verify(leaf.publicKey)).toBe(true);
  });
});

describe('a certificate that changes', () => {
  const following = async (source: CertificateSource) => {
    const certificate = await open(source);
    const renewed: string[] = [];
    certificate.onRenewed(({ cert }) => renewed.push(new X509Certificate(cert).fingerprint256));
    return { certificate, renewed };
  };

  test('is taken when its files are renamed into place, once both fit', async () => {
    const [live, next] = [newFolder(), newFolder()];
    const files = await write(live);
    const { certificate, renewed } = await following(given(files.certificate, files.key));
    const newer = await write(next);
    const expected = fingerprintOf(newer.certificate);
    renameSync(newer.certificate, files.certificate);
    renameSync(newer.key, files.key);
    await until(() => expect(certificate.fingerprint).toBe(expected));
    expect(renewed).toEqual([expected]);
  });

  test('is taken when the link to its folder is switched, as Kubernetes does', async () => {
    const root = newFolder();
    await write(join(root, 'one'));
    const second = await write(join(root, 'two'));
    symlinkSync('one', join(root, 'now'));
    const { certificate } = await following(
      given(join(root, 'now', 'tls.crt'), join(root, 'now', 'tls.key')),
    );
    symlinkSync('two', join(root, 'next'));
    renameSync(join(root, 'next'), join(root, 'now'));
    await until(() => expect(certificate.fingerprint).toBe(fingerprintOf(second.certificate)));
  });

  test('stays as it was while its files are of no use', async () => {
    const [live, next] = [newFolder(), newFolder()];
    const files = await write(live);
    const { certificate, renewed } = await following(given(files.certificate, files.key));
    const before = certificate.fingerprint;
    writeFileSync(files.certificate, 'half a cert');
    await until(() => expect(said).toContain('the new certificate is not usable, kept the old'));
    expect(certificate.fingerprint).toBe(before);
    const newer = await write(next);
    cpSync(newer.key, files.key);
    cpSync(newer.certificate, files.certificate);
    await until(() => expect(renewed).toEqual([fingerprintOf(newer.certificate)]));
  });
});

describe('a certificate that is of no use', () => {
  test.each([
    [
      'is missing',
      async (folder: string) => given(join(folder, 'none.pem')),
      /none\.pem cannot be read \(ENOENT\)/,
    ],
    [
      'is none',
      async (folder: string) => {
        const file = join(folder, 'text.pem');
        writeFileSync(file, 'hello');
        return given(file);
      },
      /text\.pem holds no certificate in PEM/,
    ],
    [
      'has the key of another',
      async (folder: string) => {
        const one = await write(join(folder, 'one'));
        const two = await write(join(folder, 'two'));
        return given(one.certificate, two.key);
      },
      /the key in .*tls\.key does not fit the certificate/,
    ],
  ])('and %s is told by the names of its settings', async (_what, make, expected) => {
    const opened = openCertificate({ source: await make(newFolder()), log });
    await expect(opened).rejects.toThrow(expected);
    await expect(opened).rejects.toThrow('PARTYLINE_TLS_CERTIFICATE and PARTYLINE_TLS_KEY: ');
  });

  test('since there is only a key, names what is missing', () => {
    expect(() =>
      certificateSource({
        ...{ tlsCertificate: undefined, tlsKey: '/run/key.pem' },
        ...{ data: 'data', publicHost: 'chat.example' },
      }),
    ).toThrow('PARTYLINE_TLS_KEY is set, but PARTYLINE_TLS_CERTIFICATE is not');
  });
});
