import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { safeText } from '../text/safe-text.ts';
import { clip, fit, textWidth, wrap } from './cells.ts';

const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', '好', '👩‍👩‍👧', 'é', '🇨🇳'), maxLength: 60 }),
  )
  .map(safeText);
const width = fc.integer({ min: 2, max: 40 });

prop.prop([text, width])('no wrapped line is wider than the screen', (it, cells) => {
  for (const line of wrap(it, cells)) expect(textWidth(line)).toBeLessThanOrEqual(cells);
});

prop.prop([text, width])('wrapping loses nothing but spaces at breaks', (it, cells) => {
  const bare = (all: string): string => all.replaceAll(/[ \n]/g, '');
  expect(bare(wrap(it, cells).join(''))).toBe(bare(it));
});

prop.prop([text, width])('what is fitted takes exactly its cells', (it, cells) => {
  const line = it.replaceAll('\n', ' ');
  expect(textWidth(fit(line, cells))).toBe(cells);
  expect(textWidth(clip(line, cells))).toBeLessThanOrEqual(cells);
});

test.each([
  ['hello', 5],
  ['好的', 4],
  ['👩‍👩‍👧', 2],
  ['e\u0301', 1],
  ['🇨🇳', 2],
])('%s takes %i cells', (it, cells) => {
  expect(textWidth(it)).toBe(cells);
});

test('words are kept whole where they can be, and Chinese is broken anywhere', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('incomprehensibilities', 8)).toEqual(['incompre', 'hensibil', 'ities']);
  expect(wrap('你好世界，大家好', 7)).toEqual(['你好世', '界，大', '家好']);
  expect(wrap('a\n\nb', 8)).toEqual(['a', '', 'b']);
});
