import { expect, test } from 'vitest';
import { openFilesIn, residentBytesIn } from './memory.ts';

test('resident memory is told in bytes', () => {
  expect(
    residentBytesIn('Name:\tnode\nVmHWM:\t    9000 kB\nVmRSS:\t    1234 kB\nThreads:\t11\n'),
  ).toBe(1_234 * 1_024);
});

test.each([
  ['20000', 20_000],
  ['unlimited', Number.POSITIVE_INFINITY],
])('a limit of %s open files is found among the others', (soft, files) => {
  const limits = `Limit  Soft Limit  Hard Limit  Units\nMax open files   ${soft}   30000   files\nMax locked memory 1 2 bytes\n`;
  expect(openFilesIn(limits)).toBe(files);
});
