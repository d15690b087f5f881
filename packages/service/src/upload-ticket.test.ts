import { expect, test } from 'vitest';
import { readTicket, signTicket } from './upload-ticket.ts';

const ticket = { session: 's1', nick: '安', room: '@bob', until: 1_000 };
const text = signTicket(ticket, 'key');

test('a ticket says what it was signed for, until it runs out', () => {
  expect(readTicket(text, 'key', 1_000)).toEqual(ticket);
  expect(readTicket(text, 'key', 1_001)).toBeUndefined();
});

test('a ticket that was changed, or is signed with another key, is none', () => {
  const [, signature] = text.split('.');
  const other = Buffer.from(JSON.stringify({ ...ticket, room: 'ops' })).toString('base64url');
  for (const forged of [`${other}.${signature}`, `${text}.`, `${text}a`, text.slice(1), '.', ''])
    expect(readTicket(forged, 'key', 0), forged).toBeUndefined();
  expect(readTicket(text, 'another key', 0)).toBeUndefined();
});
