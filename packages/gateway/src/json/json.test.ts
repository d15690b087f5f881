import { readFileSync } from 'node:fs';
import { locales } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { replay } from '../transcript.ts';
import { jsonDialect } from './index.ts';

const lines = (frames: readonly string[]) => Buffer.from(frames.map((it) => `${it}\n`).join(''));

describe.each(locales)('the json dialect in %s', (locale) => {
  const dialect = jsonDialect({ locale, frame: lines });

  test('speaks as its transcript says', () => {
    const transcript = readFileSync(new URL(`json.${locale}.transcript`, import.meta.url), 'utf8');
    expect(replay(transcript, dialect, locale)).toBe(transcript);
  });
});

test('takes the deepest frame there can be for what it is', () => {
  const { read } = jsonDialect({ locale: 'en', frame: lines }).interpreter();
  const deep = 16_000;
  expect(read('['.repeat(2 * deep), undefined)).toMatchObject({ code: 'json-bad' });
  const message = `${'['.repeat(deep)}${']'.repeat(deep)}`;
  expect(read(`{"type":"broadcast","message":${message}}`, undefined)).toMatchObject({
    code: 'member-bad',
  });
  expect(read(`{"type":${message}}`, undefined)).toMatchObject({ code: 'type-unknown' });
});

test('keeps members that are named like an object’s own out of the request', () => {
  const { read } = jsonDialect({ locale: 'en', frame: lines }).interpreter();
  const request = read('{"type":"broadcast","message":"m","__proto__":{"room":"ops"}}', undefined);
  expect(request).toEqual({ type: 'say', text: 'm', kind: 'message' });
  expect(request).not.toHaveProperty('room');
});
