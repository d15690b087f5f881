import { type Problem, problem } from '@partyline/protocol';
import { createLog } from '@partyline/service';
import { expect, test } from 'vitest';
import type { Backup, Backups } from '../store/backups.ts';
import { createBackingUp } from './backing-up.ts';

const HOUR_MS = 3_600_000;

/** Backups in memory, and what is told of them. */
const start = (keep = 2) => {
  const clock = { now: 1_000_000 };
  const there: Backup[] = [];
  const told: unknown[] = [];
  const logged: Record<string, unknown>[] = [];
  let refusal: Problem | undefined;
  const backups: Backups = {
    folder: '',
    giveUp: async () => {},
    make: async (scheduled) => {
      if (refusal !== undefined) return refusal;
      const its = { name: `b${clock.now}`, at: clock.now, bytes: 1, sha256: '', epoch: '' };
      there.unshift({ ...its, events: 0, scheduled });
      return { ...its, events: 0, scheduled };
    },
    list: async () => there,
    find: async (name) => there.find((it) => it.name === name),
    remove: async (name) => {
      const index = there.findIndex((it) => it.name === name);
      return there.splice(index, 1).length > 0;
    },
  };
  const log = createLog(
    { service: 'chat-core', instance: 'test', level: 'warn' },
    { write: (line) => logged.push(JSON.parse(line)) },
  );
  const backUp = createBackingUp({
    ...{ backups, everyMs: HOUR_MS, keep, now: () => clock.now, log },
    watch: { done: (outcome) => told.push(outcome), last: (at) => told.push(at) },
  });
  const refuse = (it: Problem | undefined): void => {
    refusal = it;
  };
  return { clock, there, told, logged, backups, backUp, refuse };
};

test('a backup is made when there is none, and when the last one is old enough', async () => {
  const { clock, there, told, backUp } = start();
  await backUp();
  await backUp();
  expect(told).toEqual(['made', 1_000_000, 1_000_000]);
  clock.now += HOUR_MS - 1;
  await backUp();
  expect(there).toHaveLength(1);
  clock.now += 1;
  await backUp();
  expect(there).toHaveLength(2);
});

test('so many are kept, not counting those that were asked for, which stay', async () => {
  const { clock, there, backups, backUp } = start();
  await backups.make(false);
  for (let n = 0; n < 4; n++) {
    clock.now += HOUR_MS;
    await backUp();
  }
  expect(there.map((it) => [it.scheduled, (it.at - 1_000_000) / HOUR_MS])).toEqual([
    [true, 4],
    [true, 3],
    [false, 0],
  ]);
});

test('one that fails is told, deletes none of the others, and is tried again', async () => {
  const { clock, there, told, logged, backUp, refuse } = start(1);
  await backUp();
  clock.now += HOUR_MS;
  refuse(problem('disk-full'));
  await backUp();
  expect(told.at(-1)).toBe('failed');
  expect(logged).toMatchObject([{ level: 'error', code: 'disk-full' }]);
  expect(there).toHaveLength(1);
  refuse(undefined);
  await backUp();
  expect(there.map((it) => it.at)).toEqual([clock.now]);
});

test('a clock that went back does not put the next one off', async () => {
  const { clock, there, backUp } = start();
  await backUp();
  clock.now -= 10 * HOUR_MS;
  await backUp();
  expect(there).toHaveLength(2);
});
