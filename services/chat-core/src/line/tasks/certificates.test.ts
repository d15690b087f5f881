import { limits } from '@partyline/protocol';
import { beforeEach, expect, test } from 'vitest';
import { rehearse, sessionId } from '../rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  for (const name of ['ann', 'bob', 'guest']) await it.open(name);
  for (const name of ['ann', 'bob']) await it.register(name);
});

const fingerprint = 'ab'.repeat(32);
const change = (type: 'certify' | 'decertify', name: string, its = fingerprint) =>
  it.line.run({ type, session: sessionId(name), fingerprint: its });

test('an account is known by the certificates that it added, and by no one else’s', async () => {
  expect(await change('certify', 'ann')).toBeUndefined();
  expect(await change('certify', 'ann')).toBeUndefined();
  expect(await it.read.accountByCertificate(fingerprint)).toMatchObject({ nick: 'ann' });
  expect(await change('certify', 'bob')).toMatchObject({ code: 'certificate-taken' });
  expect(await change('decertify', 'bob')).toMatchObject({ code: 'certificate-unknown' });
  expect(await change('certify', 'guest')).toMatchObject({ code: 'account-needed' });
  expect(await change('certify', 'nobody')).toMatchObject({ code: 'session-unknown' });
  expect(await change('decertify', 'ann')).toBeUndefined();
  expect(await it.read.accountByCertificate(fingerprint)).toBeUndefined();
});

test('an account has so many certificates and no more', async () => {
  for (let n = 0; n < limits.certificatesPerAccount; n += 1)
    await change('certify', 'ann', String(n).padStart(64, '0'));
  expect(await change('certify', 'ann')).toMatchObject({ code: 'certificates-too-many' });
  expect(await change('certify', 'bob')).toBeUndefined();
});

test('the operator takes a certificate from an account, which is written down', async () => {
  await change('certify', 'ann');
  const revoke = (name: string) =>
    it.line.run({ type: 'revoke', account: `a-${name}`, fingerprint });
  expect(await revoke('bob')).toMatchObject({ code: 'certificate-unknown' });
  expect(await revoke('ann')).toBeUndefined();
  expect(it.tables.certificates.size).toBe(0);
  expect([...it.tables.moderation.audit.values()].map((row) => row.deed)).toContain(
    'revoke-certificate',
  );
});

test('a deleted account’s certificates are forgotten', async () => {
  await change('certify', 'ann');
  await it.line.run({ type: 'forget', account: 'a-ann', reason: '' });
  expect(it.tables.certificates.size).toBe(0);
});
