import { describe, expect, test } from 'vitest';
import type { InstanceRow, RoomRow } from '../store/rows.ts';
import { servedIn, serving } from './serving.ts';

const instance = (id: string, its: Partial<InstanceRow> = {}): InstanceRow => ({
  ...{ instance: id, kind: 'dice', endpoints: [], commands: [{ name: 'roll' }], rooms: [] },
  ...{ startedAt: 1, leaseUntil: 9, bot: null, ...its },
});
const ofBot = (id: string, bot: string, rooms: string[], its: Partial<InstanceRow> = {}) =>
  instance(id, { kind: 'bot', bot: { bot, rooms, until: null }, ...its });
const room = (visibility: RoomRow['visibility']) => ({ visibility }) as RoomRow;

const idsOf = (them: readonly InstanceRow[]) => them.map((it) => it.instance);
const roll = (them: InstanceRow[], name = 'lobby', row = room('public')) =>
  idsOf(serving(them, 'roll', name, row));

describe('a slash command that several want to serve', () => {
  test('is shared by the instances of one service', () => {
    expect(roll([instance('a'), instance('b'), instance('c', { commands: [] })])).toEqual([
      'a',
      'b',
    ]);
  });

  test('is a service that was there first, however many come later', () => {
    const late = instance('a', { kind: 'other', startedAt: 7 });
    expect(roll([late, instance('b'), instance('c', { startedAt: 9 })])).toEqual(['b', 'c']);
  });

  test('is a service and not a bot', () => {
    expect(roll([ofBot('a', 'b-1', ['*']), instance('b', { startedAt: 9 })])).toEqual(['b']);
  });

  test('is the bot that was there first', () => {
    const first = ofBot('b', 'b-2', ['*']);
    expect(roll([ofBot('a', 'b-1', ['*'], { startedAt: 5 }), first])).toEqual(['b']);
  });
});

test('a bot serves its commands where its token is for', () => {
  const bot = ofBot('a', 'b-1', ['*']);
  expect(roll([bot])).toEqual(['a']);
  expect(roll([bot], 'den', room('private'))).toEqual([]);
  expect(roll([bot], '~x~y')).toEqual([]);
  expect(roll([ofBot('a', 'b-1', ['den'])], 'den', room('private'))).toEqual(['a']);
  expect(roll([ofBot('a', 'b-1', ['den'])])).toEqual([]);
});

test('a list tells each command once, as who serves it tells it', () => {
  const all = [
    ofBot('a', 'b-1', ['*'], { commands: [{ name: 'roll', about: 'cheat' }, { name: 'tea' }] }),
    instance('b', { commands: [{ name: 'roll', usage: '[DICE]', about: 'roll dice' }] }),
  ];
  expect(servedIn(all, 'lobby', room('public'))).toEqual([
    { name: 'roll', usage: '[DICE]', about: 'roll dice' },
    { name: 'tea' },
  ]);
  expect(servedIn(all, 'den', room('private'))).toHaveLength(1);
});
