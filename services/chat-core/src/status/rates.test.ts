import { expect, test } from 'vitest';
import { ratesOf } from './rates.ts';

const counted = (uptimeMs: number, said: number) => ({ uptimeMs, totals: { said } });

test('counters that went up tell by how much a second', () => {
  expect(ratesOf(counted(1_000, 10), counted(3_000, 15))).toEqual({ said: 2.5 });
});

test('nothing is told where there is nothing to compare with', () => {
  expect(ratesOf(undefined, counted(3_000, 15))).toEqual({ said: 0 });
  expect(ratesOf(counted(3_000, 15), counted(3_000, 15))).toEqual({ said: 0 });
});

test('a process that began anew tells no rate, rather than one below zero', () => {
  expect(ratesOf(counted(90_000, 100), counted(500, 3))).toEqual({ said: 0 });
  expect(ratesOf(counted(500, 100), counted(900, 3))).toEqual({ said: 0 });
});
