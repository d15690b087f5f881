import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { clipBytes, splitBytes } from './split.ts';

const text = fc.string({
  unit: fc.oneof(fc.constant(' '), fc.string({ unit: 'grapheme', maxLength: 3 })),
});
const limit = fc.integer({ min: 4, max: 60 });

test.prop([text, limit])('the parts of a text fit, and make it again', (it, bytes) => {
  const parts = splitBytes(it, bytes);
  expect(parts.join('')).toBe(it);
  for (const part of parts) {
    expect(Buffer.byteLength(part)).toBeLessThanOrEqual(bytes);
    expect(part.isWellFormed()).toBe(true);
  }
});

test.prop([text, limit])('a text is cut between characters, as late as can be', (it, bytes) => {
  const clipped = clipBytes(it, bytes);
  expect(it.startsWith(clipped)).toBe(true);
  expect(clipped.isWellFormed()).toBe(true);
  const next = [...it.slice(clipped.length)][0] ?? '';
  expect(Buffer.byteLength(clipped)).toBeLessThanOrEqual(bytes);
  if (next !== '') expect(Buffer.byteLength(clipped + next)).toBeGreaterThan(bytes);
});
