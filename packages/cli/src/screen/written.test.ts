import { newRoom } from '@partyline/client';
import { expect, test } from 'vitest';
import { completionsFor } from './completion.ts';
import { readWritten } from './written.ts';

test.each([
  ['/reply bob yes', { do: 'reply', words: 'bob yes' }],
  ['/edit the', { do: 'edit', text: 'the' }],
  ['/edit', { do: 'wrong', key: 'usage', params: { usage: '/edit TEXT' } }],
  ['/react 👍 bob', { do: 'react', reaction: '👍', nick: 'bob' }],
  ['/theme light', { do: 'theme', name: 'light' }],
  ['/theme pink', { do: 'wrong', key: 'usage', params: { usage: '/theme dark|light|plain' } }],
  ['/nick eve', { do: 'ask', frame: { type: 'rename', nickname: 'eve' } }],
  ['//edit', { do: 'say', text: '/edit', kind: 'message' }],
])('%s', (written, it) => {
  expect(readWritten(written, 'lobby')).toEqual(it);
});

const lobby = {
  ...newRoom({ room: 'lobby', seq: 0, since: 0, members: 3 }),
  members: ['ann', 'anton', '小明'],
};

test.each([
  ['an', ['ann: ']],
  ['ask 小', ['ask 小明 ']],
  ['@an', ['@ann ', '@anton ']],
  ['/ed', ['/edit ']],
  ['/kick ant', ['/kick anton ']],
  ['/join o', ['/join ops']],
  ['nobody-like-that', []],
])('“%s” is completed', (before, all) => {
  expect(completionsFor(before, lobby, ['lobby', 'ops'])).toEqual(all);
});
