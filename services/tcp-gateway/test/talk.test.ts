import { readFileSync } from 'node:fs';
import { locales } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { play } from './play.ts';
import { startSystem } from './system.ts';

const parts = ['talk', 'raw', 'refer', 'moderation', 'accounts', 'irc'] as const;
const cases = parts.flatMap((part) => locales.map((locale) => ({ part, locale })));

test.each(cases)(
  'people and programs meet, and hear what the $part transcript says, in $locale',
  async ({ part, locale }) => {
    await using system = await startSystem({ PARTYLINE_LOCALE: locale });
    const file = new URL(`${part}.${locale}.transcript`, import.meta.url);
    const transcript = readFileSync(file, 'utf8');
    expect(await play(transcript, system)).toBe(transcript);
  },
);
