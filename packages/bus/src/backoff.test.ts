import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('waits twice as long after each failure, up to 2 s', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => backoffMs(failures, () => 0));
  expect(waits).toEqual([50, 100, 200, 400, 800, 1_600, 2_000, 2_000]);
});

test('waits less by up to a half, at random', () => {
  expect(backoffMs(1, () => 0.5)).toBe(37.5);
  expect(backoffMs(1, () => 1)).toBe(25);
});
