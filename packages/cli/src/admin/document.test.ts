import { expect, test } from 'vitest';
import { choose } from './choose.ts';
import { operationsOf } from './document.ts';
import { fieldOptions, givenFields, placeholder, positionalFields } from './fields.ts';

const text = { type: 'string' };
const parameter = (name: string, where: string, its: object = {}) => ({
  ...{ name, in: where, required: true, schema: text, ...its },
});
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

const operations = operationsOf({
  paths: {
    '/v1/overview': { get: { operationId: 'overview', summary: 'All' } },
    '/v1/rooms/{room}/ban': {
      post: {
        operationId: 'rooms.ban',
        'x-scope': 'moderate',
        parameters: [parameter('room', 'path')],
        requestBody: json({
          required: ['who'],
          properties: {
            forMs: { type: 'integer', description: 'How long' },
            who: text,
            url: text,
            kinds: { type: 'array' },
          },
        }),
      },
    },
    '/v1/rooms/{room}/kick': { post: { operationId: 'rooms.kick' } },
    '/v1/rooms/{room}/say': { post: { operationId: 'rooms.say' } },
    '/v1/sessions/{session}/kick': { post: { operationId: 'sessions.kick' } },
    '/v1/sessions': {
      get: {
        operationId: 'sessions.list',
        parameters: [
          parameter('limit', 'query', { schema: { type: 'integer', default: 100 } }),
          parameter('watch', 'query', { required: false, schema: { enum: ['1'] } }),
          parameter('since', 'query', {
            ...{ required: false, schema: { type: 'integer' } },
            description: 'When, in milliseconds since the Unix epoch',
          }),
        ],
      },
    },
    '/v1/import': {
      post: { operationId: 'import', requestBody: { content: { 'application/x-ndjson': {} } } },
    },
  },
});

const named = (id: string) => {
  const found = operations.find((it) => it.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

test('what can be done is read from the document: how it is called, what it is told, what it needs', () => {
  expect(operations.map((it) => it.words.join(' '))).toEqual([
    ...['overview', 'rooms ban', 'rooms kick', 'rooms say', 'sessions kick', 'sessions list'],
    'import',
  ]);
  expect(named('rooms.ban')).toMatchObject({
    ...{ method: 'POST', path: '/v1/rooms/{room}/ban', scope: 'moderate' },
    sends: 'application/json',
  });
  expect(named('overview')).toMatchObject({ method: 'GET', fields: [], sends: undefined });
  expect(named('import').sends).toBe('application/x-ndjson');
});

test('what has to be there is given by its place, the path first; what has a default need not be', () => {
  const placesOf = (id: string) => positionalFields(givenFields(named(id), {})).map(placeholder);
  expect(placesOf('rooms.ban')).toEqual(['ROOM', 'WHO']);
  expect(placesOf('sessions.list')).toEqual([]);
});

test('a field is read as what it is, and keeps clear of options that mean something else', () => {
  const kinds = (id: string) =>
    givenFields(named(id), { url: { type: 'string', purpose: { en: '', 'zh-CN': '' } } }).map(
      ({ option, kind }) => `${option} ${kind}`,
    );
  expect(kinds('rooms.ban').sort()).toEqual([
    ...['body-url text', 'for duration', 'kinds list', 'room text', 'who text'],
  ]);
  expect(kinds('sessions.list')).toEqual(['limit whole', 'watch flag', 'since time']);
  const options = fieldOptions(givenFields(named('rooms.ban'), {}));
  expect(options.kinds).toMatchObject({ type: 'string', multiple: true });
});

test.each([
  ['overview', 'overview', 1],
  ['rooms ban lobby', 'rooms.ban', 2],
  ['say lobby hi', 'rooms.say', 1],
  ['import', 'import', 1],
])('“%s” is %s', (words, id, count) => {
  expect(choose(operations, words.split(' '))).toMatchObject({
    ...{ type: 'operation', operation: { id }, words: count },
  });
});

test('a resource alone is all that can be done with it; a deed of several is none of them', () => {
  const ids = (words: readonly string[]) => {
    const choice = choose(operations, words);
    return choice.type === 'several'
      ? [choice.by, ...choice.operations.map((it) => it.id)]
      : choice.type;
  };
  expect(ids(['rooms'])).toEqual(['resource', 'rooms.ban', 'rooms.kick', 'rooms.say']);
  expect(ids(['kick', 'bob'])).toEqual(['deed', 'rooms.kick', 'sessions.kick']);
  expect(ids(['rooms', 'fly'])).toBe('none');
  expect(ids(['fly'])).toBe('none');
});
