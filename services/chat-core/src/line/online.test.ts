import { expect, test } from 'vitest';
import { Online } from './online.ts';

test('tells the first change at once, the others once in a while, and only the last of them', () => {
  let now = 0;
  let timer: (() => void) | undefined;
  const told: number[] = [];
  const online = new Online({
    now: () => now,
    after: (_ms, act) => {
      timer = act;
      return () => {};
    },
    tell: (count) => told.push(count),
  });
  online.take(1);
  online.take(2);
  online.take(3);
  expect(told).toEqual([1]);
  now = 250;
  timer?.();
  expect(told).toEqual([1, 3]);
  now = 600;
  online.take(3);
  online.take(2);
  expect(told).toEqual([1, 3, 2]);
});
