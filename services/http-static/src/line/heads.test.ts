import {
  type Heads as HeadChanges,
  type Problem,
  problem,
  type RoomInfo,
} from '@partyline/protocol';
import { beforeEach, expect, test, vi } from 'vitest';
import { Heads } from './heads.ts';

let asked: HeadChanges[];
let info: { seq: number } | Problem;
let isAway: boolean;
let heads: Heads;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  info = { seq: 1 };
  isAway = false;
  heads = new Heads(
    {
      heads: async (changes) => {
        if (isAway) throw new Error('away');
        asked.push(changes);
      },
    },
    { room: async (room) => ('code' in info ? info : { room, members: 0, ...info }) as RoomInfo },
  );
  return () => {
    vi.useRealTimers();
  };
});

const quiet = () => vi.advanceTimersByTimeAsync(0);
/** Whether somebody who waits was woken by now. */
const waits = (seq: number, signal = new AbortController().signal) => {
  let woken = false;
  void heads.past('ops', seq, signal).then(() => {
    woken = true;
  });
  return async () => {
    await quiet();
    return woken;
  };
};
const goOn = (seq: number) => heads.take([{ type: 'head', room: 'ops', seq }]);
const welcome = () =>
  heads.take([{ type: 'welcome', instance: 'i', epoch: 'e', online: 0, heads: {} }]);
const add = { add: ['ops'], remove: [] };
const remove = { add: [], remove: ['ops'] };

test('wakes all who wait for a room as soon as the line tells that it went on', async () => {
  const [one, two] = [waits(1), waits(1)];
  expect(await one()).toBe(false);
  expect(asked).toEqual([add]);
  goOn(2);
  expect([await one(), await two()]).toEqual([true, true]);
});

test('wakes for what was said before the line had been asked', async () => {
  info = { seq: 2 };
  expect(await waits(1)()).toBe(true);
});

test('does not wait for what the line has told already', async () => {
  const first = waits(1);
  await quiet();
  goOn(2);
  expect(await first()).toBe(true);
  expect(await waits(1)()).toBe(true);
  expect(await waits(2)()).toBe(false);
});

test('has no longer told what nobody waits for, and asks in order', async () => {
  const gone = new AbortController();
  const one = waits(1, gone.signal);
  await quiet();
  gone.abort();
  expect(await one()).toBe(true);
  goOn(2);
  info = { seq: 2 };
  const again = waits(2);
  expect(await again()).toBe(false);
  expect(asked).toEqual([add, remove, add]);
});

test('asks again after a break, and for a log that is another one', async () => {
  const one = waits(5);
  info = { seq: 5 };
  await quiet();
  welcome();
  expect(await one()).toBe(false);
  info = { seq: 0 };
  welcome();
  expect(await one()).toBe(true);
  expect(asked).toEqual([add, add, add]);
});

test('asks until a line that is away is back, and wakes when the room is none any more', async () => {
  isAway = true;
  const one = waits(1);
  await quiet();
  isAway = false;
  info = problem('unavailable');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await one()).toBe(false);
  info = problem('room-unknown', { room: 'ops' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await one()).toBe(true);
});
