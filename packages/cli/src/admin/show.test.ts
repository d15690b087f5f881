import { expect, test } from 'vitest';
import { moment } from '../text/time.ts';
import { lineText, listOf, objectText, tableText } from './show.ts';

const at = 1_700_000_000_000;

test('a list is aligned under its names on a terminal, whatever the width of what is in it', () => {
  const items = [
    { room: 'lobby', members: 3, topic: '茶' },
    { room: 'ops', members: 12 },
  ];
  expect(tableText(items, true)).toBe('room   members  topic\nlobby  3        茶\nops    12\n');
  expect(tableText(items, false)).toBe('lobby\t3\t茶\nops\t12\t\n');
  expect(tableText([], true)).toBe('');
});

test('times are local ones, lists have commas, and nothing moves the cursor', () => {
  const item = { startedAt: at, seq: at, rooms: ['a', 'b'], nick: 'e\u001b[2Jve\u202e', of: null };
  expect(tableText([item], false)).toBe(`${moment(at)}\t${at}\ta, b\te[2Jve\t\n`);
});

test('an answer with one list is that list; others are told by name, with tables of their own', () => {
  expect(listOf({ rooms: [{ room: 'lobby' }], next: 'x' })).toEqual([{ room: 'lobby' }]);
  expect(listOf({ rooms: [] })).toEqual([]);
  expect(listOf({ room: 'lobby', roles: ['a'] })).toBeUndefined();
  expect(listOf({ one: [{}], two: [{}] })).toBeUndefined();
  const status = { online: 3, perSecond: { events: 1.5 }, cores: [{ core: 'c', up: { ms: 1 } }] };
  expect(listOf(status)).toBeUndefined();
  expect(objectText(status, false)).toBe('online\t3\nperSecond.events\t1.5\n\ncores\nc\t1\n');
});

test('a line of a stream is told by its values', () => {
  expect(lineText({ type: 'session', session: { nick: 'ann', openedAt: at } })).toBe(
    `session\tann\t${moment(at)}\n`,
  );
});
