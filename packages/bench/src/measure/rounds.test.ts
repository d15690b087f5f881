import { expect, test } from 'vitest';
import { inRounds } from './rounds.ts';

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
});
