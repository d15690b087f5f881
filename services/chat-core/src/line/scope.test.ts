import type { Command } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { scopeOf } from './scope.ts';
import type { Work } from './work.ts';

const publish = (command: Command): Work => ({
  ...{ type: 'publish', by: 'i1' },
  envelope: { id: 'id', session: 's', command },
});
const say = (room: string): Work => publish({ type: 'say', room, text: 'hi' });

test('what is said, corrected and reacted to in rooms concerns these rooms alone', () => {
  const works = [
    ...[say('lobby'), say('Ops'), publish({ type: 'typing', room: 'lobby' })],
    publish({ type: 'edit', room: 'tea', ref: 1, text: 'ho' }),
    publish({ type: 'react', room: 'lobby', ref: 1, text: '👍' }),
  ];
  expect(scopeOf(works)).toEqual({ rooms: ['lobby', 'ops', 'tea'] });
});

test.for<[string, Work]>([
  ['what is said privately', say('@bob')],
  ['what is said in the log of a pair', say('~a-1~a-2')],
  ['what is said where there can be no room', say('')],
  ['a message that is taken back', publish({ type: 'delete', room: 'lobby', ref: 1 })],
  ['somebody who comes in', publish({ type: 'join', room: 'lobby' })],
  ['a topic', publish({ type: 'topic', room: 'lobby', text: 'tea' })],
  ['a task', { type: 'sweep' }],
])('%s may concern everything', ([, work]) => {
  expect(scopeOf([say('lobby'), work])).toBeUndefined();
});
