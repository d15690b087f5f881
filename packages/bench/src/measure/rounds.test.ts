import { expect, test } from 'vitest';
import { inRounds, leftOut, measured, medianOver } from './rounds.ts';

const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));

test('all are measured once before any is measured again', async () => {
  const order: string[] = [];
  const contenders = [a, b, c].filter((it) => it !== undefined);
  await inRounds(
    contenders,
    2,
    async ({ name }) => void order.push(name),
    () => {},
  );
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('one that is missing is skipped and one that fails is out, each with its reason', async () => {
  const contenders = [
    { name: 'well' },
    { name: 'absent', missing: () => 'not installed' },
    { name: 'broken' },
  ];
  let tries = 0;
  const all = await inRounds(
    contenders,
    2,
    async ({ name }) => {
      if (name === 'broken') {
        tries += 1;
        throw new Error('it lost a message');
      }
      return 1;
    },
    () => {},
  );
  expect(all.map(({ outcome }) => outcome)).toEqual([
    { type: 'measured', rounds: [1, 1] },
    { type: 'skipped', why: 'not installed' },
    { type: 'failed', why: 'it lost a message' },
  ]);
  expect(tries).toBe(1);
  expect(measured(all).map(({ of }) => of.name)).toEqual(['well']);
  expect(leftOut(all)).toEqual([
    'absent: skipped, not installed',
    'broken: failed, it lost a message',
  ]);
});

test('a figure is the median over the rounds', async () => {
  const only = { name: 'only' };
  const other = { name: 'other' };
  let round = 0;
  const all = await inRounds(
    [only],
    3,
    async () => {
      round += 1;
      return { us: [10, 30, 20][round - 1] ?? 0 };
    },
    () => {},
  );
  expect(medianOver(all, only, ({ us }) => us)).toBe(20);
  expect(medianOver(all, other, ({ us }) => us)).toBeNaN();
});
