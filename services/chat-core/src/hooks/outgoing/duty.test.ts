import { expect, test } from 'vitest';
import type { Effect } from '../../line/effect.ts';
import type { Couriers } from './couriers.ts';
import { createDuty } from './duty.ts';

const online = (count: number): Effect => ({ type: 'online', online: count });

/** Couriers that start when the test lets them. */
const staff = () => {
  const seen: string[] = [];
  const starting: PromiseWithResolvers<void>[] = [];
  const start = async (): Promise<Couriers> => {
    const gate = Promise.withResolvers<void>();
    starting.push(gate);
    await gate.promise;
    return {
      take: (effects) => {
        for (const it of effects) if (it.type === 'online') seen.push(`took ${it.online}`);
      },
      [Symbol.asyncDispose]: async () => {
        seen.push('ended');
      },
    };
  };
  return { seen, starting, duty: createDuty(start) };
};

test('couriers are told what happened while they were starting, and nothing from before', async () => {
  const { seen, starting, duty } = staff();
  duty.take([online(1)]);
  const begun = duty.set(true);
  await expect.poll(() => starting.length).toBe(1);
  duty.take([online(2)]);
  starting[0]?.resolve();
  await begun;
  duty.take([online(3)]);
  expect(seen).toEqual(['took 2', 'took 3']);
});

test('couriers end with their duty, and begin anew with the next', async () => {
  const { seen, starting, duty } = staff();
  const both = [duty.set(true), duty.set(false)];
  await expect.poll(() => starting.length).toBe(1);
  starting[0]?.resolve();
  await Promise.all(both);
  duty.take([online(1)]);
  expect(seen).toEqual(['ended']);
  const again = duty.set(true);
  await expect.poll(() => starting.length).toBe(2);
  starting[1]?.resolve();
  await again;
  await duty[Symbol.asyncDispose]();
  expect(seen).toEqual(['ended', 'ended']);
});

test('couriers that could not start are started when it is asked again', async () => {
  const { starting, duty } = staff();
  const failed = duty.set(true);
  await expect.poll(() => starting.length).toBe(1);
  starting[0]?.reject(new Error('the database is away'));
  await expect(failed).rejects.toThrow('away');
  const begun = duty.set(true);
  await expect.poll(() => starting.length).toBe(2);
  starting[1]?.resolve();
  await begun;
});
