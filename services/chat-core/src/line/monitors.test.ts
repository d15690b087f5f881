import { beforeEach, expect, test } from 'vitest';
import { Monitors } from './monitors.ts';
import { rehearse } from './rehearsal.ts';

let monitors: Monitors;
beforeEach(() => {
  monitors = new Monitors();
});
const told = (came: readonly string[], went: readonly string[]) =>
  Object.fromEntries(monitors.of(came, went));

test('an instance is told of those whom it monitors, however their nick is spelled', () => {
  monitors.change('i1', ['ann', 'bob'], []);
  monitors.change('i2', ['bob'], []);
  expect(told(['ANN', 'eve'], ['bob'])).toEqual({
    i1: { came: ['ANN'], went: ['bob'] },
    i2: { came: [], went: ['bob'] },
  });
});

test('it is not told of those whom it monitors no longer', () => {
  monitors.change('i1', ['ann', 'bob'], []);
  monitors.change('i1', [], ['bob', 'eve']);
  expect(told(['bob'], [])).toEqual({});
  monitors.replace('i1', ['eve']);
  expect(told(['ann', 'eve'], [])).toEqual({ i1: { came: ['eve'], went: [] } });
  monitors.replace('i1', []);
  expect(told(['ann', 'eve'], [])).toEqual({});
});

test('who comes, goes and is called otherwise is told once, as the batch leaves it', async () => {
  const it = rehearse();
  const names = () => it.told().filter((effect) => effect.type === 'names');
  await it.hello('i1', { monitors: ['ann'] });
  expect(it.told()).toContainEqual({ type: 'monitors', instance: 'i1', keys: ['ann'] });
  await it.open('ann', { nick: 'Ann' });
  expect(names()).toEqual([{ type: 'names', came: ['Ann'], went: [] }]);
  await it.ask('ann', { type: 'rename', nick: 'rob' });
  expect(names()).toEqual([{ type: 'names', came: ['rob'], went: ['ann'] }]);
  await it.register('ann');
  await it.login('phone', 'ann');
  await it.ask('ann', { type: 'close' });
  expect(names()).toEqual([]);
  await it.ask('phone', { type: 'close' });
  expect(names()).toEqual([{ type: 'names', came: [], went: ['rob'] }]);
});
