import { expect, test } from 'vitest';
import type { Field, Operation } from './document.ts';
import { givenFields } from './fields.ts';
import { adminTexts } from './texts.ts';
import { readValues } from './values.ts';

const field = (name: string, its: Partial<Field> = {}): Field => ({
  ...{ name, in: 'body', required: false, description: '', schema: { type: 'string' } },
  ...its,
});

const operation: Operation = {
  ...{ id: 'rooms.do', words: ['rooms', 'do'], method: 'POST', path: '/v1/rooms/{room}/do' },
  ...{ summary: '', scope: 'admin', sends: 'application/json' },
  fields: [
    field('room', { in: 'path', required: true }),
    field('limit', { in: 'query', schema: { type: 'integer' } }),
    field('watch', { in: 'query', schema: { enum: ['1'] } }),
    field('text', { required: true }),
    field('forMs', { schema: { type: 'integer' } }),
    field('expiresAt', {
      ...{ schema: { type: 'integer' }, description: 'in milliseconds since the Unix epoch' },
    }),
    field('kinds', { schema: { type: 'array' } }),
    field('remove', { schema: { type: 'boolean' } }),
  ],
};

const read = (options: Readonly<Record<string, unknown>>, ...positionals: string[]) => {
  const values = readValues(givenFields(operation, {}), options, positionals, adminTexts.en, 0);
  return [values.path, values.query, values.body].map((it) => Object.fromEntries(it));
};

test('what is given by place and by option goes where it belongs', () => {
  expect(read({ limit: '5', watch: true, remove: true }, 'lobby', 'hi')).toEqual([
    { room: 'lobby' },
    { limit: '5', watch: '1' },
    { text: 'hi', remove: true },
  ]);
});

test('text may be several words; what is given by option leaves its place to the next', () => {
  expect(read({}, 'lobby', 'tea', 'is', 'ready')[2]).toEqual({ text: 'tea is ready' });
  expect(read({ room: 'lobby' }, 'tea', 'is', 'ready')[2]).toEqual({ text: 'tea is ready' });
});

test('durations, times and lists are read as people write them', () => {
  const body = (options: Readonly<Record<string, unknown>>) => read(options, 'lobby', 'x')[2];
  expect(body({ for: '2h' })).toMatchObject({ forMs: 7_200_000 });
  expect(body({ for: '1500' })).toMatchObject({ forMs: 1_500 });
  expect(body({ kinds: ['a,b', 'c'] })).toMatchObject({ kinds: ['a', 'b', 'c'] });
  expect(body({ 'expires-at': '2026-01-31T09:00Z' })).toMatchObject({
    expiresAt: Date.UTC(2026, 0, 31, 9),
  });
  expect(body({ 'expires-at': '1700000000000' })).toMatchObject({ expiresAt: 1_700_000_000_000 });
});

test.each([
  [{}, ['lobby'], 'text is missing.'],
  [{ text: 'a' }, ['lobby', 'b'], '“b” is one too many.'],
  [{ limit: 'many' }, ['lobby', 'x'], 'limit must be a whole number, not “many”.'],
  [{ for: 'long' }, ['lobby', 'x'], 'for must be how long'],
  [{ 'expires-at': 'soon' }, ['lobby', 'x'], 'expires-at must be a time'],
] as const)('%o %o is refused by name', (options, positionals, told) => {
  expect(() => read(options, ...positionals)).toThrow(told);
});
