import { expect, test } from 'vitest';
import { median, quantile } from './quantile.ts';

const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

test('a quantile is the smallest value that so large a share is not above', () => {
  expect(quantile(hundred, 0.5)).toBe(50);
  expect(quantile(hundred, 0.99)).toBe(99);
  expect(quantile(hundred, 0.999)).toBe(100);
  expect(quantile([7], 0.5)).toBe(7);
});

test('a median of an even number of values lies between the two in the middle', () => {
  expect(median([9, 1, 3])).toBe(3);
  expect(median([10, 9, 1, 2])).toBe(5.5);
});

test('nothing has no quantile', () => {
  expect(quantile([], 0.5)).toBeNaN();
  expect(median([])).toBeNaN();
});
