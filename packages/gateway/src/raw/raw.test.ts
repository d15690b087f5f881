import { readFileSync } from 'node:fs';
import { fc, test as property } from '@fast-check/vitest';
import { cleanText, type Event, locales } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { replay } from '../transcript.ts';
import { rawDialect } from './index.ts';

const frame = (lines: readonly string[]) => Buffer.from(lines.map((it) => `${it}\n`).join(''));

describe.each(locales)('the raw dialect in %s', (locale) => {
  test('speaks as its transcript says', () => {
    const transcript = readFileSync(new URL(`raw.${locale}.transcript`, import.meta.url), 'utf8');
    expect(replay(transcript, rawDialect({ locale, frame }), locale)).toBe(transcript);
  });
});

test('who may not come in as a guest is disconnected', () => {
  const { opening, done } = rawDialect({ locale: 'en', frame }).interpreter();
  expect(opening).toEqual({ type: 'visit' });
  expect(done?.({ type: 'visit' }, undefined).requests).toEqual([{ type: 'quit' }]);
  expect(done?.({ type: 'visit' }, { nick: 'guest-1', session: 's' }).requests).toEqual([]);
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the log doesn't keep
const unkept = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/;

property.prop([
  fc
    .string({ unit: 'binary' })
    .filter((it) => it.trim() !== '' && it !== 'close' && !unkept.test(it)),
])('a line reaches others byte for byte', (line) => {
  const { read, renderer } = rawDialect({ locale: 'en', frame }).interpreter();
  const request = read(line, { nick: 'guest-1', session: 's' });
  expect(request).toEqual({ type: 'say', kind: 'message', text: line });
  const event = { kind: 'message', text: cleanText(line) } as Event;
  expect(Buffer.from(renderer.encode(renderer.event(event)))).toEqual(Buffer.from(`${line}\n`));
});
