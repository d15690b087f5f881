import { expect, test } from 'vitest';
import { createRecent } from './recent.ts';

const start = (at = 0) => {
  const time = { at };
  return { time, recent: createRecent(() => time.at) };
};

test('tells of what took how long, to two digits', () => {
  const { recent } = start();
  for (let ms = 1; ms <= 100; ms++) recent.took(ms);
  const { count, p50Ms = 0, p99Ms = 0, maxMs = 0 } = recent.times() ?? {};
  expect(count).toBe(100);
  expect(p50Ms).toBeGreaterThan(49);
  expect(p50Ms).toBeLessThan(52);
  expect(p99Ms).toBeGreaterThan(97);
  expect(p99Ms).toBeLessThan(101);
  expect(Math.round(maxMs)).toBe(100);
});

test('tells nothing of what did not happen', () => {
  expect(start().recent.times()).toBeUndefined();
});

test('forgets what is older than a minute, and only that', () => {
  const { time, recent } = start(7_000);
  recent.took(500);
  time.at += 30_000;
  recent.took(1);
  expect(recent.times()?.maxMs).toBeGreaterThan(400);
  time.at += 34_000;
  expect(recent.times()).toMatchObject({ count: 1 });
  time.at += 60_000;
  expect(recent.times()).toBeUndefined();
  recent.took(2);
  expect(recent.times()).toMatchObject({ count: 1 });
});

test('takes times that are zero, or longer than any', () => {
  const { recent } = start();
  recent.took(0);
  recent.took(1e12);
  expect(recent.times()).toMatchObject({ count: 2 });
});
