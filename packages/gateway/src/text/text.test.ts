import { readFileSync } from 'node:fs';
import { locales } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { replay } from '../transcript.ts';
import { textDialect } from './index.ts';

const frame = (lines: readonly string[]) => Buffer.from(lines.map((it) => `${it}\n`).join(''));

describe.each(locales)('the text dialect in %s', (locale) => {
  test('speaks as its transcript says', () => {
    const transcript = readFileSync(new URL(`text.${locale}.transcript`, import.meta.url), 'utf8');
    expect(replay(transcript, textDialect({ locale, frame }), locale)).toBe(transcript);
  });
});

test('what a key took back was not said', () => {
  const { read } = textDialect({ locale: 'en', frame }).interpreter();
  const you = { nick: 'x', session: 's' };
  expect(read('hlep\b\b\u007felp', you)).toMatchObject({ type: 'say', text: 'help' });
  expect(read('y\b\b\b', you)).toBeUndefined();
  expect(read('xx\by', undefined)).toEqual({ type: 'login', nick: 'xy' });
});
