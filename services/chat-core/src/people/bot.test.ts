import { describe, expect, test } from 'vitest';
import { isBot, newBotId, reaches } from './bot.ts';

const open = { visibility: 'public' } as const;
const closed = { visibility: 'private' } as const;

describe('rooms that a bot is for', () => {
  test.each([
    { rooms: ['ops'], name: 'ops', row: open, is: true },
    { rooms: ['ops'], name: 'ops', row: closed, is: true },
    { rooms: ['ops'], name: 'lobby', row: open, is: false },
    { rooms: ['*'], name: 'lobby', row: open, is: true },
    { rooms: ['*'], name: 'not-there-yet', row: undefined, is: true },
    { rooms: ['*'], name: 'den', row: closed, is: false },
    { rooms: ['*', 'den'], name: 'den', row: closed, is: true },
    { rooms: ['*'], name: '~a~b', row: open, is: false },
    { rooms: ['~a~b'], name: '~a~b', row: open, is: false },
    { rooms: [], name: 'lobby', row: open, is: false },
  ])('$rooms reach $name: $is', ({ rooms, name, row, is }) => {
    expect(reaches(rooms, name, row)).toBe(is);
  });
});

test('a bot is told from people by its id', () => {
  expect(isBot(newBotId())).toBe(true);
  expect(isBot('a-0123456789abcdef')).toBe(false);
  expect(isBot('b-0123456789abcde')).toBe(false);
  expect(isBot('tcp-gateway')).toBe(false);
});
