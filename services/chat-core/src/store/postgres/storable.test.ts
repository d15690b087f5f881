import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storable } from './storable.ts';

test('takes out what no text of Postgres can hold', () => {
  expect(storable('a\0b')).toBe('a\ufffdb');
  expect(storable(JSON.stringify(['a\0b', '\ud800', '\udfff!']))).toBe(
    JSON.stringify(['a\ufffdb', '\ufffd', '\ufffd!']),
  );
});

test('leaves all other texts and values as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const some = texts.map((it) => it.replaceAll('\0', ''));
      const json = JSON.stringify([...some, '\\u0000', '\\\\ud800', '👍']);
      expect(storable(json)).toBe(json);
    }),
  );
  expect([7, null].map(storable)).toEqual([7, null]);
});
