import { expect, test } from 'vitest';
import { allCommands, completions, readSpoken } from './slash.ts';

const ask = (frame: object) => ({ do: 'ask', frame: { room: 'lobby', ...frame } });

test.each([
  ['hello', { do: 'say', text: 'hello', kind: 'message' }],
  ['//hello', { do: 'say', text: '/hello', kind: 'message' }],
  ['/me waves', { do: 'say', text: 'waves', kind: 'action' }],
  ['/msg ada psst  there', { do: 'private', nick: 'ada', text: 'psst  there' }],
  ['/msg ada', { do: 'private', nick: 'ada', text: '' }],
  ['/JOIN #Ops', { do: 'go', room: 'Ops' }],
  ['/nick eve', { do: 'ask', frame: { type: 'rename', nickname: 'eve' } }],
  ['/nick', { do: 'wrong', key: 'usage', params: { usage: '/nick NAME' } }],
  ['/kick ada', ask({ type: 'kick', nickname: 'ada' })],
  ['/kick ada too loud', ask({ type: 'kick', nickname: 'ada', reason: 'too loud' })],
  ['/mute ada 10', ask({ type: 'mute', nickname: 'ada', forMs: 600_000 })],
  [
    '/mute ada 10 calm down',
    ask({ type: 'mute', nickname: 'ada', forMs: 600_000, reason: 'calm down' }),
  ],
  ['/mute ada 10x', ask({ type: 'mute', nickname: 'ada', reason: '10x' })],
  ['/ban ada', ask({ type: 'ban', who: 'ada' })],
  [
    '/ban * 192.0.2.0/24 60 spam',
    ask({ type: 'ban', room: '*', who: '192.0.2.0/24', forMs: 3_600_000, reason: 'spam' }),
  ],
  ['/slow 10', ask({ type: 'slow', ms: 10_000 })],
  ['/slow soon', { do: 'wrong', key: 'usage', params: { usage: '/slow SECONDS' } }],
  ['/unmod ada', ask({ type: 'role', nickname: 'ada', role: 'member' })],
  ['/uninvite ada', ask({ type: 'invite', nickname: 'ada', remove: true })],
  ['/away', { do: 'ask', frame: { type: 'away' } }],
  ['/search tea time', { do: 'find', words: 'tea time' }],
  ['/constructor of  things', ask({ type: 'command', name: 'constructor', args: 'of  things' })],
  ['/näh', { do: 'wrong', key: 'commandUnknown' }],
])('%s', (written, spoken) => {
  expect(readSpoken(written, 'lobby')).toEqual(spoken);
});

test('what needs a room says so where there is none', () => {
  expect(readSpoken('/me waves', undefined)).toEqual({ do: 'wrong', key: 'notInRoom' });
});

test('commands are offered by how they begin, until their name is whole', () => {
  const usages = (written: string) => completions(written).map(({ usage }) => usage);
  expect(usages('/')).toHaveLength(allCommands.length);
  expect(usages('/UNB')).toEqual(['/unban WHO']);
  expect(usages('/unban ')).toEqual([]);
  expect(usages('unban')).toEqual([]);
});
