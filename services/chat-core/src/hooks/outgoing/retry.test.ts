import { expect, test } from 'vitest';
import { retryMs } from './retry.ts';

test('waits twice as long after each failure, up to ten minutes, and never as long as others', () => {
  expect([1, 2, 3, 4, 10, 11, 5_000].map((it) => retryMs(it, () => 0))).toEqual([
    ...[1_000, 2_000, 4_000, 8_000, 512_000, 600_000, 600_000],
  ]);
  expect(retryMs(3, () => 1)).toBe(2_000);
});
