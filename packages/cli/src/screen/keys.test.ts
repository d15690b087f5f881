import { expect, test } from 'vitest';
import { type Action, actionOf, type Key } from './keys.ts';

test.each<[string, string | undefined, Key, Action | undefined]>([
  ['a letter', 'a', { name: 'a' }, { do: 'insert', text: 'a' }],
  ['a capital', 'A', { name: 'a', shift: true }, { do: 'insert', text: 'A' }],
  ['a wide character', '好', { sequence: '好' }, { do: 'insert', text: '好' }],
  ['Enter', '\r', { name: 'return' }, { do: 'submit' }],
  ['Alt-Enter', undefined, { name: 'return', meta: true }, { do: 'insert', text: '\n' }],
  ['Alt-3', undefined, { name: '3', meta: true }, { do: 'conversationAt', index: 2 }],
  ['Ctrl-W', '\u0017', { name: 'w', ctrl: true }, { do: 'erase', by: 'word', to: 'back' }],
  ['Shift-Up', undefined, { name: 'up', shift: true }, { do: 'scroll', by: 'line', to: 'back' }],
  ['Ctrl-C', '\u0003', { name: 'c', ctrl: true }, { do: 'leave' }],
  ['a key that means nothing', undefined, { name: 'f5' }, undefined],
  ['a control character', '\u0001', {}, undefined],
  ['a name that objects have', 'x', { name: 'constructor' }, { do: 'insert', text: 'x' }],
])('%s', (_, text, key, action) => {
  expect(actionOf(text, key)).toEqual(action);
});
