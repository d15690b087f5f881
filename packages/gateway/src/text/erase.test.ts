import { expect, test } from 'vitest';
import { erase } from './erase.ts';

test.each([
  ['a line without erasing keys', 'just so', 'just so'],
  ['a backspace', 'teh\b\bhe', 'the'],
  ['a delete', 'teh\u007f\u007fhe', 'the'],
  ['more keys than there is to take back', 'a\b\b\bb', 'b'],
  ['a character of three bytes', '日本\b语', '日语'],
  ['a character outside the basic plane', '👍\b', ''],
  ['a letter with its accent', 'e\u0301\ba', 'a'],
  ['an emoji with its skin tone', 'a👍🏽\b', 'a'],
])('takes back %s', (_, typed, left) => {
  expect(erase(typed)).toBe(left);
});
