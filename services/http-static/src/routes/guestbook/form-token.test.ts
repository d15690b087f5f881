import { expect, test } from 'vitest';
import { createFormTokens } from './form-token.ts';

const HOUR_MS = 3_600_000;
let now = 1_000 * HOUR_MS;
let byte = 0;
const tokensOf = (key: string) =>
  createFormTokens(
    key,
    (bytes) => Buffer.alloc(bytes, byte++),
    () => now,
  );
const tokens = tokensOf('key');

test('a form is taken from whom it was given, for a day', () => {
  const token = tokens.issue('192.0.2.1');
  expect(tokens.isValid(token, '192.0.2.1')).toBe(true);
  now += 23 * HOUR_MS;
  expect(tokens.isValid(token, '192.0.2.1')).toBe(true);
  now += 2 * HOUR_MS;
  expect(tokens.isValid(token, '192.0.2.1')).toBe(false);
});

test('a form of somebody else, of another site, or changed, is not taken', () => {
  const token = tokens.issue('192.0.2.1');
  expect(tokens.isValid(token, '192.0.2.2')).toBe(false);
  expect(tokens.isValid(tokensOf('another').issue('192.0.2.1'), '192.0.2.1')).toBe(false);
  for (const changed of ['', '...', `${token}.x`, `x${token}`, token.slice(0, -1), `${token}x`])
    expect(tokens.isValid(changed, '192.0.2.1')).toBe(false);
});

test('each form is another', () => {
  expect(tokens.issue('192.0.2.1')).not.toBe(tokens.issue('192.0.2.1'));
});
