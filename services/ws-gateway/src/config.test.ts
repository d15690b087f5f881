import { readSettings } from '@partyline/service';
import { describe, expect, it } from 'vitest';
import { settings } from './config.ts';

const read = (origins: string) =>
  readSettings(settings, {
    PARTYLINE_BUS_TOKEN: 'x'.repeat(16),
    PARTYLINE_WS_ORIGINS: origins,
  }).origins;

describe('PARTYLINE_WS_ORIGINS', () => {
  it.each(['https://chat.example.org', 'http://localhost:8080', '*'])('can hold %s', (origin) => {
    expect(read(`https://a.example ${origin}`)).toEqual(['https://a.example', origin]);
  });

  it.each([
    'chat.example.org',
    'https://chat.example.org/',
    'https://Chat.example.org',
    'https://chat.example.org:443',
    '*.example.org',
  ])('is refused at start where no browser would ever match it: %s', (origin) => {
    expect(() => read(origin)).toThrow('PARTYLINE_WS_ORIGINS');
  });
});
