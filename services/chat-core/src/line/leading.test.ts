import { beforeEach, expect, test } from 'vitest';
import type { Beat } from '../store/peers.ts';
import { createLeading } from './leading.ts';
import type { Task } from './work.ts';

let clock = 0;
let beat: Beat | Error;
let tasks: Task[];
beforeEach(() => {
  clock = 0;
  tasks = [];
  beat = { leads: true, wasNobody: false };
});

const lead = () =>
  createLeading({
    peers: {
      beat: async () => {
        if (beat instanceof Error) throw beat;
        return beat;
      },
      hear: () => Promise.reject(new Error('not asked')),
      post: async () => {},
      boards: async () => [],
      onTold: () => {},
    },
    line: {
      run: async (task) => {
        tasks.push(task);
        return undefined as never;
      },
      hear: () => {},
    },
    ...{ leaseMs: 5_000, elapsed: () => clock, onAlive: () => {} },
  });

test('leads from a sign of life on, for as long as that holds', async () => {
  const leading = lead();
  expect(leading.leads).toBe(false);
  await leading.beat();
  clock = 4_999;
  expect(leading.leads).toBe(true);
  clock = 5_000;
  expect(leading.leads).toBe(false);
});

test('goes on leading while signs of life fail, no longer than the last one holds', async () => {
  const leading = lead();
  await leading.beat();
  beat = new Error('the database is away');
  clock = 3_000;
  await expect(leading.beat()).rejects.toThrow('away');
  expect(leading.leads).toBe(true);
  clock = 6_000;
  expect(leading.leads).toBe(false);
});

test('leads no more once another does', async () => {
  const leading = lead();
  await leading.beat();
  beat = { leads: false, wasNobody: false };
  await leading.beat();
  expect(leading.leads).toBe(false);
});

test('gives everybody their full time to come back when no chat-core was there', async () => {
  const leading = lead();
  await leading.beat();
  expect(tasks).toEqual([]);
  beat = { leads: false, wasNobody: true };
  await leading.beat();
  expect(tasks).toEqual([{ type: 'wake' }]);
});
