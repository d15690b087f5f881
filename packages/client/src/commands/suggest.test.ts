import { expect, test } from 'vitest';
import { completedNick, suggestionsFor } from './suggest.ts';

const nicks = ['Ada', 'adam', '小明'];
const labels = (written: string): string[] =>
  suggestionsFor(written, nicks).all.map(({ label }) => label);

test('a command is suggested until it is followed by something', () => {
  expect(labels('/unm')).toEqual(['/unmute NAME', '/unmod NAME']);
  expect(suggestionsFor('/unmu', nicks)).toMatchObject({ from: 0, all: [{ insert: '/unmute ' }] });
  expect(labels('/unmute a')).toEqual([]);
});

test('what somebody serves is suggested beside what every client knows, in their words', () => {
  const served = [
    { name: 'roll', usage: '[DICE]', about: 'roll dice' },
    { name: 'dns', usage: 'NAME' },
  ];
  expect(suggestionsFor('/ro', nicks, served).all).toEqual([
    { label: '/rooms', purpose: 'aboutRooms', insert: '/rooms ' },
    { label: '/roll [DICE]', about: 'roll dice', insert: '/roll ' },
  ]);
  expect(suggestionsFor('/dn', nicks, served).all).toHaveLength(1);
  expect(suggestionsFor('/roll 2', nicks, served).all).toEqual([]);
});

test('whom an @ means is suggested, whatever their case', () => {
  expect(labels('tea, @AD')).toEqual(['Ada', 'adam']);
  expect(suggestionsFor('tea, @小', nicks)).toEqual({
    from: 5,
    all: [{ label: '小明', insert: '@小明 ' }],
  });
  expect(labels('mail@ad')).toEqual([]);
  expect(labels('tea')).toEqual([]);
});

test('Tab makes a nick of what begins one, and an address of it at the beginning', () => {
  expect(completedNick('ad', nicks)).toEqual({ from: 0, insert: 'Ada: ' });
  expect(completedNick('ask ada', nicks)).toEqual({ from: 4, insert: 'Ada ' });
  expect(completedNick('ask bob', nicks)).toBeUndefined();
  expect(completedNick('/kick ad', nicks)).toBeUndefined();
});
