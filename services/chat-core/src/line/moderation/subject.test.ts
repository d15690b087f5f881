import { isProblem } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { subjectOf, within } from './subject.ts';

test.each([
  ['bob', { type: 'nick', nick: 'bob' }],
  ['account:bob', { type: 'account', nick: 'bob' }],
  ['192.0.2.7', { type: 'address', range: '192.0.2.7/32' }],
  ['192.0.2.0/24', { type: 'address', range: '192.0.2.0/24' }],
  ['::ffff:192.0.2.0/120', { type: 'address', range: '192.0.2.0/24' }],
  ['2001:DB8:0::/32', { type: 'address', range: '2001:db8::/32' }],
  ['::1', { type: 'address', range: '::1/128' }],
])('takes %s for what it is', (who, subject) => expect(subjectOf(who)).toEqual(subject));

test.each(['', 'two words', 'account:', '0.0.0.0/0', '10.0.0.0/7', '::/0', '10.0.0.0/33'])(
  'refuses %j',
  (who) => expect(isProblem(subjectOf(who))).toBe(true),
);

test.each(['10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/x', '10.0.0.0/-1', 'bob/8', 'fe80::1%eth0'])(
  'refuses %j',
  (who) => expect(isProblem(subjectOf(who))).toBe(true),
);

test('finds an address in a range, however it is written', () => {
  const isIn = within(['192.0.2.0/24', '2001:db8::/32']);
  for (const address of ['192.0.2.9', '::ffff:192.0.2.9', '2001:db8::1', '2001:DB8:0:0::1'])
    expect(isIn(address)).toBe(true);
  for (const address of ['192.0.3.9', '::1', 'unix', '', '2001:db9::1'])
    expect(isIn(address)).toBe(false);
});
