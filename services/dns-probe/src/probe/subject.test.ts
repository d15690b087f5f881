import { isIP } from 'node:net';
import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { readSubject } from './subject.ts';

it.each([
  ['example.org', 'example.org'],
  ['Example.ORG.', 'example.org'],
  ['localhost', 'localhost'],
  ['_sip._tcp.example.org', '_sip._tcp.example.org'],
  ['tcp-gateway', 'tcp-gateway'],
  ['例子.中国', 'xn--fsqu00a.xn--fiqs8s'],
  ['bücher.example', 'xn--bcher-kva.example'],
])('asks for %s as %s', (text, name) => {
  expect(readSubject(text)).toEqual({ name });
});

it.each([
  ['192.0.2.7', '7.2.0.192.in-addr.arpa'],
  ['2001:DB8::7', `7.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`],
  ['::1', `1.${'0.'.repeat(31)}ip6.arpa`],
  ['::ffff:192.0.2.7', `7.0.2.0.0.0.0.c.f.f.f.f.${'0.'.repeat(20)}ip6.arpa`],
])('asks for the name of %s at %s', (address, name) => {
  expect(readSubject(address)).toEqual({ name, address: address.toLowerCase() });
  expect(readSubject(name)).toMatchObject({ name });
});

it.each([
  '',
  '.',
  '..',
  'a..b',
  'a b',
  'a/b',
  'a%41.org',
  'a:53',
  'user@host',
  'a\nb',
  'fe80::1%eth0',
  '0x7f.1',
  '2130706433',
  `${'x'.repeat(64)}.org`,
  `${'x.'.repeat(127)}toolong`,
])('refuses %j', (text) => {
  expect(readSubject(text)).toMatchObject({ code: 'dns-name-bad' });
});

it.each(['0.10.in-addr.arpa', 'IN-ADDR.ARPA.', '1.0.ip6.arpa', '1.2.3.999.in-addr.arpa'])(
  'refuses %s, the name of no one address',
  (text) => {
    expect(readSubject(text)).toMatchObject({ code: 'dns-reverse-refused' });
  },
);

test.prop([
  fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.ipV4(), fc.ipV6(), fc.webUrl()),
])('gives a name that DNS can be asked for, or a problem', (text) => {
  const subject = readSubject(text);
  if ('code' in subject) return;
  expect(subject.name).toMatch(/^[a-z\d_-]{1,63}(\.[a-z\d_-]{1,63})*$/);
  expect(subject.name.length).toBeLessThanOrEqual(253);
  expect(isIP(subject.name)).toBe(0);
  expect(readSubject(subject.name)).toMatchObject({ name: subject.name });
});
