import { expect, test } from 'vitest';
import { readAnswer } from './answer.ts';

test.each([
  ['done', 'done'],
  ['{"text":"done"}', 'done'],
  ['{"text":"done","response_type":"in_channel"}', 'done'],
  ['42', '42'],
  ['["done"]', '["done"]'],
  ['{"text":', '{"text":'],
  ['', undefined],
  [' \n', undefined],
  ['{}', undefined],
  ['{"text":5}', undefined],
])('of %j is said %j', (answered, said) => {
  expect(readAnswer(answered)).toBe(said);
});
