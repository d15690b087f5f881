import { expect, test } from 'vitest';
import { residentBytesIn } from './memory.ts';

test('resident memory is told in bytes', () => {
  expect(
    residentBytesIn('Name:\tnode\nVmHWM:\t    9000 kB\nVmRSS:\t    1234 kB\nThreads:\t11\n'),
  ).toBe(1_234 * 1_024);
});
