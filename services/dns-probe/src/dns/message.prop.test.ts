import { fc, test } from '@fast-check/vitest';
import packet from 'dns-packet';
import { expect, it } from 'vitest';
import { readReply, writeQuestion } from './message.ts';

const asked = { id: 7, name: 'a.example', type: 'A' };

test.prop([fc.uint8Array({ maxLength: 2_000 })])('takes no bytes for an answer', (bytes) => {
  expect(readReply(Buffer.from(bytes), asked)).toBeUndefined();
});

test.prop([fc.uint8Array({ minLength: 1, maxLength: 600 }), fc.nat(40)])(
  'reads whatever follows a question, or not, and never throws',
  (bytes, from) => {
    const query = writeQuestion(asked);
    query.writeUInt16BE(0x8180, 2);
    query.writeUInt16BE(from % 7, 6);
    const reply = readReply(Buffer.concat([query, bytes]), asked);
    if (reply !== undefined) expect(reply.answers.length).toBeLessThanOrEqual(from % 7);
  },
);

it('does not follow names that point in circles', () => {
  const query = writeQuestion(asked);
  query.writeUInt16BE(0x8180, 2);
  query.writeUInt16BE(1, 6);
  const here = query.length;
  const circle = Buffer.from([0xc0, here, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
  expect(readReply(Buffer.concat([query, circle]), asked)).toBeUndefined();
});

it('bounds what a small answer can grow to', () => {
  const label = 'x'.repeat(62);
  const name = [label, label, label, label].join('.');
  const query = packet.encode({
    ...{ type: 'response', id: 7, flags: packet.RECURSION_AVAILABLE },
    questions: [{ name: 'a.example', type: 'A', class: 'IN' }],
    answers: [{ name, type: 'CNAME', class: 'IN', ttl: 1, data: 'b.example' }],
  });
  // Each of many records is named by two bytes that point at the long name.
  const at = writeQuestion(asked).length;
  const record = Buffer.from([
    0xc0 | (at >> 8),
    at & 0xff,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    4,
    1,
    1,
    1,
    1,
  ]);
  const many = 4_000;
  query.writeUInt16BE(1 + many, 6);
  const bytes = Buffer.concat([query, ...Array<Buffer>(many).fill(record)]);
  const reply = readReply(bytes, asked);
  const letters = reply?.answers.reduce((sum, it) => sum + it.name.length, 0) ?? 0;
  expect(letters).toBeLessThan(many * 256 + 256);
});

test.prop([fc.ipV6()])('writes addresses as the system does', (address) => {
  const question = { name: 'a.example', type: 'AAAA' } as const;
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const bytes = packet.encode({
    ...{ type: 'response', id: 7, questions: [{ ...question, class: 'IN' }] },
    answers: [{ ...question, class: 'IN', ttl: 1, data: canonical }],
  });
  const [record] = readReply(bytes, { id: 7, ...question })?.answers ?? [];
  expect(record?.data).toBe(canonical);
});
