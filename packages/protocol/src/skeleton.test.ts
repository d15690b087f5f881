import { expect, test } from 'vitest';
import { nickKey, nickProblem } from './name.ts';
import { skeleton } from './skeleton.ts';

test.each([
  ['paypal', 'раураl', 'Cyrillic'],
  ['Alice', 'Αlice', 'a Greek capital'],
  ['paypal', 'paypaI', 'a capital I'],
  ['paypal', 'paypa1', 'a digit'],
  ['bob', 'b0b', 'a zero'],
  ['max', 'Мах', 'Cyrillic capitals'],
  ['modern', 'rnodern', 'two letters for one'],
  ['bob', 'ｂ０ｂ', 'full-width'],
  ['Zoë', 'Zоë', 'a letter under a mark'],
])('sees that %s looks like %s: %s', (one, other) => {
  expect(skeleton(other)).toBe(skeleton(one));
  expect(nickKey(other)).not.toBe(nickKey(one));
});

test.each([
  ['ann', 'anna'],
  ['zoe', 'zoë'],
  ['ivan', 'иван'],
  ['小明', '小朋'],
])('tells %s and %s apart', (one, other) => {
  expect(skeleton(one)).not.toBe(skeleton(other));
});

test('looks the same in any case of letters that do', () => {
  expect(skeleton('BOB')).toBe(skeleton('bob'));
  expect(skeleton('STRASSE')).toBe(skeleton('straße'));
});

test('takes scripts in one nick as they come: only what it can be taken for is refused', () => {
  expect(nickProblem('ann小明')).toBeUndefined();
  expect(nickProblem('аnn')).toBeUndefined();
  expect(nickProblem('оperator')).toMatchObject({ code: 'nick-reserved' });
});
