import { limits } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { addressKey, afterMistake, FORGOTTEN_MS, lockedMs, nameLockKey } from './lockout.ts';

const after = (key: string, mistakes: number, now = 0) => {
  let row: ReturnType<typeof afterMistake> | undefined;
  for (let count = 0; count < mistakes; count += 1) row = afterMistake(key, row, now);
  return row;
};
const place = addressKey('192.0.2.1');
const ann = nameLockKey('ann');

test('lets a few mistakes pass, then waits twice as long after each, up to a bound', () => {
  const waits = [0, 1, 2, 3, 20].map((more) =>
    lockedMs(after(place, 1), after(ann, limits.passwordTriesOfName - 1 + more), 0),
  );
  expect(waits).toEqual([0, 1_000, 2_000, 4_000, 1_000 * limits.passwordWaitSeconds]);
});

test('bears more mistakes from one place, whatever the names', () => {
  expect(lockedMs(after(place, limits.passwordTriesOfAddress - 1), undefined, 0)).toBe(0);
  expect(lockedMs(after(place, limits.passwordTriesOfAddress), undefined, 0)).toBe(1_000);
});

test('never locks a name for a place that has made no mistake', () => {
  expect(lockedMs(undefined, after(ann, 1_000), 0)).toBe(0);
});

test('forgets mistakes in time', () => {
  const many = after(place, 1_000);
  expect(lockedMs(many, after(ann, 1_000), FORGOTTEN_MS)).toBe(0);
  expect(afterMistake(place, many, FORGOTTEN_MS)).toMatchObject({ mistakes: 1 });
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::7'],
  ['2001:db8::1', '2001:db8::2:0:0:1'],
  ['::1', '::2'],
])('takes %s and %s for one place', (one, other) => {
  expect(addressKey(one)).toBe(addressKey(other));
});

test.each([
  ['192.0.2.1', '192.0.2.2'],
  ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ['192.0.2.1', null],
])('takes %s and %s for two places', (one, other) => {
  expect(addressKey(one)).not.toBe(addressKey(other));
});
