import { fc, test as prop } from '@fast-check/vitest';
import type { EventFrame } from '@partyline/client';
import { expect, test } from 'vitest';
import { eventLines } from './event-text.ts';

const at = { room: 'lobby', seq: 7, at: 0, id: 'i' };
const said = { ...at, type: 'broadcast', nickname: 'ann' } as const;

test.each<[string, EventFrame, readonly string[]]>([
  ['a message', { ...said, message: 'hi' }, ['ann: hi']],
  ['a long one', { ...said, message: 'a\nbob: b' }, ['ann: a', 'ann: bob: b']],
  ['an action', { ...said, message: 'waves', kind: 'action' }, ['* ann waves']],
  ['what is taken back', { ...said, message: '' }, ['ann: (taken back)']],
  [
    'a reply',
    { ...said, message: 'yes', ref: 3, quote: { nickname: 'bob', message: 'tea?' } },
    ['ann → bob: tea?: yes'],
  ],
  [
    'a private one',
    { ...at, type: 'p2p', from: 'ann', to: 'bob', message: 'psst' },
    ['ann → bob: psst'],
  ],
  ['a topic', { ...at, type: 'topic', nickname: 'ann', text: 'Tea' }, ['* ann set the topic: Tea']],
  [
    'an edit',
    { ...at, type: 'edit', nickname: 'ann', ref: 3, message: 'the' },
    ['ann (edited): the'],
  ],
  [
    'a reaction',
    { ...at, type: 'react', nickname: 'ann', ref: 3, reaction: '👍' },
    ['* ann reacted 👍'],
  ],
])('%s is told in lines', (_, event, lines) => {
  expect(eventLines(event, 'en')).toEqual(lines);
});

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

prop.prop([anyText, anyText])(
  'nobody can move the cursor or reorder a line',
  (nickname, message) => {
    for (const line of eventLines({ ...said, nickname, message }, 'zh-CN'))
      expect(line).not.toMatch(/[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u);
  },
);
