import { scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPasswords } from './password.ts';

const passwords = createPasswords();

test('knows a password again by its hash, however it was composed', async () => {
  const hashed = await passwords.hash('pässwörd');
  expect(hashed).toMatch(/^scrypt\$32768\$8\$1\$/);
  expect(await passwords.verify('pässwörd', hashed)).toBe(true);
  expect(await passwords.verify('pässwörd'.normalize('NFD'), hashed)).toBe(true);
  expect(await passwords.verify('passwörd', hashed)).toBe(false);
});

test('hashes the same password differently each time', async () => {
  const hashes = await Promise.all(Array.from({ length: 4 }, () => passwords.hash('same same')));
  expect(new Set(hashes).size).toBe(4);
});

test('checks a hash that was made at another cost', async () => {
  const salt = Buffer.from('salt salt salt s');
  const key = scryptSync('open sesame', salt, 32, { N: 1024, r: 4, p: 2 });
  const old = ['scrypt', 1024, 4, 2, salt.toString('base64url'), key.toString('base64url')];
  expect(await passwords.verify('open sesame', old.join('$'))).toBe(true);
  expect(await passwords.verify('open barley', old.join('$'))).toBe(false);
});

test('says no where there is no account, after as much work', async () => {
  expect(await passwords.verify('whatever', undefined)).toBe(false);
});
