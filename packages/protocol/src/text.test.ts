import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { cleanText, terminalText, textProblem } from './text.ts';

test('keeps text, tabs and line ends', () => {
  const text = 'Grüße, 世界 👩‍👩‍👧\n\ttwo lines';
  expect(cleanText(text)).toBe(text);
});

test('makes every line end an LF', () => {
  expect(cleanText('a\r\nb\rc\u2028d\u2029e\u0085f')).toBe('a\nb\nc\nd\ne\nf');
});

test('takes control characters out, and mends broken surrogate pairs', () => {
  expect(cleanText('a\u0000\u0007\u001b[31mb\u007f\u009bc')).toBe('a[31mbc');
  expect(cleanText('a\ud800b\udc00c')).toBe('a\ufffdb\ufffdc');
});

test('takes what could reorder a terminal’s line out', () => {
  expect(terminalText('a\u202eb\u2066c\u200fd')).toBe('abcd');
});

test('refuses text without anything to read, and text that is too long', () => {
  expect(textProblem(' \t\n\u3000')).toMatchObject({ code: 'text-empty' });
  expect(textProblem('😀'.repeat(limits.textCodePoints))).toBeUndefined();
  expect(textProblem('😀'.repeat(limits.textCodePoints + 1))).toMatchObject({
    ...{ code: 'text-too-long', params: { limit: limits.textCodePoints } },
  });
});

property.prop([fc.string({ unit: 'binary' })], { numRuns: 1_000 })(
  'what was cleaned is clean: well formed, and nothing in it moves a cursor',
  (text) => {
    const clean = cleanText(text);
    expect(cleanText(clean)).toBe(clean);
    expect(clean.isWellFormed()).toBe(true);
    expect(clean.replaceAll(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  },
);
