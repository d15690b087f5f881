import { describe, expect, test } from 'vitest';
import { idempotencyKey, readSaying } from './saying.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const FORM = 'application/x-www-form-urlencoded';

describe('what a webhook is told', () => {
  test.each([
    ['plain text', 'deploy done', 'text/plain', { text: 'deploy done' }],
    ['text of no type', 'deploy done', '', { text: 'deploy done' }],
    ['text that curl calls a form', '50% + a=b&c', FORM, { text: '50% + a=b&c' }],
    ['JSON that curl calls a form', '{"text":"done"}', FORM, { text: 'done' }],
    ['a form', 'text=deploy+done&id=7', FORM, { text: 'deploy done', id: '7' }],
    ['text that begins like a form', 'text=x&color=red', FORM, { text: 'text=x&color=red' }],
    [
      'JSON',
      '{"text":"done","nick":"ci","id":"7","extra":1}',
      JSON_TYPE,
      {
        ...{ text: 'done', nick: 'ci', id: '7' },
      },
    ],
    ['text that looks like JSON', '{"text":1}', 'text/plain', { text: '{"text":1}' }],
  ])('is read from %s', (_, body, type, said) => {
    expect(readSaying(body, type)).toEqual(said);
  });

  test.each([
    ['no JSON', 'deploy done', JSON_TYPE, 'json-bad'],
    ['no object', '["deploy"]', JSON_TYPE, 'json-bad'],
    ['no text', '{"message":"x"}', JSON_TYPE, 'member-bad'],
    ['a text that is none', '{"text":5}', JSON_TYPE, 'member-bad'],
    ['a number for an id', '{"text":"x","id":5}', JSON_TYPE, 'id-bad'],
    ['a nick that is none', '{"text":"x","nick":{}}', JSON_TYPE, 'member-bad'],
  ])('is refused with %s', (_, body, type, code) => {
    expect(readSaying(body, type)).toMatchObject({ code });
  });
});

test('an idempotency key is taken with and without its quotes', () => {
  expect(idempotencyKey('"8e03978e"')).toBe('8e03978e');
  expect(idempotencyKey(' 8e03978e ')).toBe('8e03978e');
  expect(idempotencyKey(undefined)).toBeUndefined();
});
