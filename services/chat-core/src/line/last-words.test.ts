import { expect, test } from 'vitest';
import { LastWords } from './last-words.ts';

const message = (person: string, at: number) => ({ kind: 'message', person, at }) as const;

test('knows when somebody spoke last, and of others since when they did not', () => {
  const words = new LastWords(100);
  words.take(message('ann', 200));
  words.take({ kind: 'react', person: 'ann', at: 300 });
  expect(words.of('ann', 50)).toBe(200);
  expect(words.of('bob', 50)).toBe(100);
  expect(words.of('bob', 150)).toBe(150);
});

test('forgets who spoke longest ago of very many, and says no earlier time of them', () => {
  const words = new LastWords(0);
  words.take(message('ann', 1));
  words.take(message('bob', 2));
  words.take(message('ann', 3));
  for (let n = 0; n < 99_999; n += 1) words.take(message(`p${n}`, 4));
  expect(words.of('bob', 0)).toBe(2);
  expect(words.of('eve', 0)).toBe(2);
  expect(words.of('ann', 0)).toBe(3);
});
