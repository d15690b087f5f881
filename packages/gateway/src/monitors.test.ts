import { beforeEach, expect, test } from 'vitest';
import type { Line } from './line.ts';
import { type Monitor, Monitors } from './monitors.ts';

type Change = Parameters<Line['monitor']>[0];

let changes: Change[];
let answer: () => Promise<void>;
let monitors: Monitors;
beforeEach(() => {
  changes = [];
  answer = async () => {};
  const monitor = (change: Change): Promise<void> => {
    changes.push(change);
    return answer();
  };
  monitors = new Monitors({ monitor } as Line);
});

const client = () => {
  const heard: string[] = [];
  const it: Monitor & { heard: string[] } = {
    heard,
    monitored: (came, went) => void heard.push(`+${came} -${went}`),
  };
  return it;
};

test('the line is told of a nick when the first client monitors it, and when none does any more', async () => {
  const [ann, bob] = [client(), client()];
  await monitors.add(ann, ['Eve', 'ivy']);
  await monitors.add(bob, ['EVE']);
  expect(changes).toEqual([{ add: ['eve', 'ivy'], remove: [] }]);
  monitors.remove(ann);
  monitors.remove(bob, ['eve']);
  await monitors.add(bob, []);
  expect(changes.slice(1)).toEqual([{ add: [], remove: ['ivy', 'eve'] }]);
  expect(monitors.keys()).toEqual([]);
});

test('each client is told of its own', async () => {
  const [ann, bob] = [client(), client()];
  await monitors.add(ann, ['eve', 'ivy']);
  await monitors.add(bob, ['eve']);
  monitors.take(['Eve'], ['ivy']);
  monitors.take([], ['nobody']);
  expect(ann.heard).toEqual(['+Eve -ivy']);
  expect(bob.heard).toEqual(['+Eve -']);
});

test('what could not be told is told with the next change', async () => {
  const ann = client();
  answer = () => Promise.reject(new Error('away'));
  await expect(monitors.add(ann, ['eve'])).rejects.toThrow('away');
  answer = async () => {};
  await monitors.add(ann, ['ivy']);
  expect(changes.at(-1)).toEqual({ add: ['eve', 'ivy'], remove: [] });
});
