import { expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

it('runs so many at once, the others in order of arrival, also after one that fails', async () => {
  const lanes = new Lanes(2);
  const started: number[] = [];
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const tasks = gates.map(({ promise }, i) =>
    lanes.run(() => {
      started.push(i);
      return promise;
    }),
  );
  expect(started).toEqual([0, 1]);
  gates[1]?.reject(new Error('failed'));
  await expect(tasks[1]).rejects.toThrow('failed');
  expect(started).toEqual([0, 1, 2]);
  gates[0]?.resolve();
  await tasks[0];
  expect(started).toEqual([0, 1, 2, 3]);
  for (const { resolve } of gates) resolve();
  await Promise.all([tasks[2], tasks[3]]);
});
