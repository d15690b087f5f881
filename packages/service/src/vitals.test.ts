import { setTimeout as sleep } from 'node:timers/promises';
import { Vitals } from '@partyline/protocol';
import { Compile } from 'typebox/compile';
import { expect, test, vi } from 'vitest';
import { watchVitals } from './vitals.ts';

const hold = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('tells how this process is, and by how much its event loop was late', async () => {
  const vitals = watchVitals();
  expect(Compile(Vitals).Check(vitals())).toBe(true);
  // A timer of the watch has to be under way before it can be late.
  await sleep(50);
  hold(300);
  const late = await vi.waitFor(
    () => {
      const told = vitals();
      expect(told.loopLagMs).toBeGreaterThan(150);
      return told;
    },
    { timeout: 10_000 },
  );
  expect(Compile(Vitals).Check(late)).toBe(true);
  expect(late.loopBusy).toBeGreaterThan(0);
});
