import type { SpokenFrame } from '@partyline/client';
import { expect, test } from 'vitest';
import { captionOf, saidText } from './said.ts';

const url = 'http://h/f/1/tea.png';
const file = { name: 'tea.png', type: 'image/png', bytes: 9, url };
const event = (message: string, card?: SpokenFrame['card']): SpokenFrame => ({
  ...{ type: 'broadcast', room: 'lobby', seq: 1, at: 1, id: 'i', nickname: 'ada', message },
  ...(card !== undefined && { card }),
});

test('what is said with a file is all but the line that tells of it', () => {
  expect(captionOf(`tea.png (9 B) ${url}`, file)).toBe('');
  expect(captionOf(`look:\nat this\ntea.png (9 B) ${url}`, file)).toBe('look:\nat this');
  expect(captionOf('said otherwise since', file)).toBe('said otherwise since');
});

test('of a file its name is read, not its address', () => {
  expect(saidText(event('hi'))).toBe('hi');
  expect(saidText(event(`tea.png (9 B) ${url}`, { type: 'file', file }))).toBe('tea.png');
  expect(saidText(event(`look\ntea.png (9 B) ${url}`, { type: 'file', file }))).toBe(
    'look\ntea.png',
  );
});
