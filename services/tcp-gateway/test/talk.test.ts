import { readFileSync } from 'node:fs';
import { locales } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { play } from './play.ts';
import { startSystem } from './system.ts';

test('accounts are the same person in every session, and miss nothing', async () => {
  await using system = await startSystem();
  const transcript = readFileSync(new URL('accounts.en.transcript', import.meta.url), 'utf8');
  expect(await play(transcript, system)).toBe(transcript);
});

test.each(locales)(
  'people and programs meet, and hear what the transcript says, in %s',
  async (locale) => {
    await using system = await startSystem({ PARTYLINE_LOCALE: locale });
    const transcript = readFileSync(new URL(`talk.${locale}.transcript`, import.meta.url), 'utf8');
    expect(await play(transcript, system)).toBe(transcript);
  },
);
