import { expect, test } from 'vitest';
import { Quota } from './quota.ts';
import { sizeText } from './size-text.ts';

test('one file, one place and all of them have their bounds', () => {
  const quota = new Quota({ fileBytes: 100, placeBytes: 150, totalBytes: 200 });
  expect(quota.refusal('a', 100)).toBeUndefined();
  expect(quota.refusal('a', 101)).toMatchObject({ code: 'file-too-large' });
  quota.add('a', 100);
  expect(quota.refusal('a', 51)).toMatchObject({ code: 'files-too-many' });
  expect(quota.refusal('b', 100)).toBeUndefined();
  quota.add('b', 90);
  expect(quota.refusal('c', 11)).toMatchObject({ code: 'files-full' });
  quota.add('a', -100);
  expect(quota.refusal('a', 100)).toBeUndefined();
  expect(quota.totalBytes).toBe(90);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [100_000, '100 kB'],
  [2_000_000_000, '2.0 GB'],
])('%i bytes are told as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
