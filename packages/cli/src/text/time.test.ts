import { expect, test } from 'vitest';
import { readSince } from './time.ts';

const now = new Date(2026, 0, 31, 12, 0).getTime();

test.each([
  ['90s', now - 90_000],
  ['30m', now - 30 * 60_000],
  ['2h', now - 2 * 3_600_000],
  ['7d', now - 7 * 86_400_000],
  ['09:00', new Date(2026, 0, 31, 9, 0).getTime()],
  ['2026-01-30', new Date(2026, 0, 30).getTime()],
  ['2026-01-30T09:00', new Date(2026, 0, 30, 9, 0).getTime()],
  ['2026-01-30T09:00:00Z', Date.UTC(2026, 0, 30, 9)],
])('--since %s is local time, or ago', (text, at) => {
  expect(readSince(text, now)).toBe(at);
});

test.each(['', 'yesterday', '1', '2026', '2026-13-01', '5 m', '25:99'])(
  '“%s” is no time',
  (text) => {
    expect(readSince(text, now)).toBeUndefined();
  },
);
