import { fc, test as prop } from '@fast-check/vitest';
import { seal } from '@partyline/lan';
import { expect, test } from 'vitest';
import { readAnswer, withFound } from './answer.ts';

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const answer = { type: 'partyline', name: 'Lab', version: '1', endpoints: ['json+tcp://lab:7002'] };

test('an answer tells of a server, and where it came from', () => {
  expect(readAnswer(bytes(answer), '192.0.2.7')).toEqual({
    ...{ name: 'Lab', version: '1', endpoints: ['json+tcp://lab:7002'], from: ['192.0.2.7'] },
  });
});

test.each([
  [{ ...answer, type: 'discover' }],
  [{ ...answer, name: 7 }],
  [{ ...answer, name: '\u001b[2J' }],
  [{ ...answer, name: 'L\u202eab' }],
  [{ ...answer, endpoints: 'json+tcp://lab' }],
  [{ ...answer, endpoints: ['x'.repeat(300)] }],
  [{ pad: 400 }],
  [null],
])('%j is no answer', (value) => {
  expect(readAnswer(bytes(value), '192.0.2.7')).toBeUndefined();
});

prop.prop([fc.uint8Array()])('no bytes are too strange to be read', (datagram) => {
  expect(readAnswer(datagram, '::1')).toBeUndefined();
});

test('a server that answers from two addresses is one server', () => {
  const first = { name: 'Lab', version: '1', endpoints: ['a'], from: ['192.0.2.7'] };
  const known = withFound(withFound([], first), { ...first, from: ['::1'] });
  expect(known).toEqual([{ ...first, from: ['192.0.2.7', '::1'] }]);
  expect(withFound(known, { ...first, name: 'Other' })).toHaveLength(2);
});

test('with a key, only what is sealed with it is believed; without, anybody is', () => {
  const bare = Buffer.from(bytes(answer));
  const sealed = seal(bare, 'secret');
  expect(readAnswer(sealed, '::1', 'secret')).toMatchObject({ name: 'Lab' });
  expect(readAnswer(bare, '::1', 'secret')).toBeUndefined();
  expect(readAnswer(seal(bare, 'other'), '::1', 'secret')).toBeUndefined();
  expect(readAnswer(sealed, '::1')).toMatchObject({ name: 'Lab' });
});
