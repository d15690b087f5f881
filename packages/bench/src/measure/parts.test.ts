import { expect, test } from 'vitest';
import { partsOf } from './parts.ts';

test('a server of two processes has a row for both, and one for the gateway alone', () => {
  expect(partsOf([2, 3]).map(({ of }) => of([2, 3]))).toEqual([5, 3]);
});

test('a server of one process has one row', () => {
  expect(partsOf([3]).map(({ of }) => of([3]))).toEqual([3]);
});
