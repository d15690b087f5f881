import { expect, test } from 'vitest';
import { readSpoken, usages } from './slash.ts';

test.each([
  ['hello', { do: 'say', text: 'hello', kind: 'message' }],
  ['//hello', { do: 'say', text: '/hello', kind: 'message' }],
  ['/me waves', { do: 'say', text: 'waves', kind: 'action' }],
  ['/msg ada psst  there', { do: 'private', nick: 'ada', text: 'psst  there' }],
  ['/msg ada', { do: 'private', nick: 'ada', text: '' }],
  ['/JOIN #Ops', { do: 'go', room: 'Ops' }],
  ['/nick eve', { do: 'ask', frame: { type: 'rename', nickname: 'eve' } }],
  ['/nick', { do: 'wrong', key: 'usage', params: { usage: '/nick NAME' } }],
  ['/constructor', { do: 'wrong', key: 'commandUnknown' }],
  ['/nope', { do: 'wrong', key: 'commandUnknown' }],
])('%s', (written, spoken) => {
  expect(readSpoken(written, 'lobby')).toEqual(spoken);
});

test('what needs a room says so where there is none', () => {
  expect(readSpoken('/me waves', undefined)).toEqual({ do: 'wrong', key: 'notInRoom' });
});

test('every command says how it is used', () => {
  for (const usage of usages) expect(usage).toMatch(/^\/[a-z]+/);
});
