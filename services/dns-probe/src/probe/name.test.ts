import { isIP } from 'node:net';
import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { readName } from './name.ts';

it.each([
  ['example.org', 'example.org'],
  ['Example.ORG.', 'example.org'],
  ['localhost', 'localhost'],
  ['_sip._tcp.example.org', '_sip._tcp.example.org'],
  ['tcp-gateway', 'tcp-gateway'],
  ['例子.中国', 'xn--fsqu00a.xn--fiqs8s'],
  ['bücher.example', 'xn--bcher-kva.example'],
])('asks for %s as %s', (text, name) => {
  expect(readName(text)).toBe(name);
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
  '1.2.3.4',
  '0x7f.1',
  '2130706433',
  '::1',
  `${'x'.repeat(64)}.org`,
  `${'x.'.repeat(127)}toolong`,
])('refuses %j', (text) => {
  expect(readName(text)).toMatchObject({ code: 'dns-name-bad' });
});

it.each(['1.0.0.10.in-addr.arpa', 'IN-ADDR.ARPA.', '1.0.ip6.arpa'])(
  'refuses the reverse name %s',
  (text) => {
    expect(readName(text)).toMatchObject({ code: 'dns-reverse-refused' });
  },
);

test.prop([fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.ipV4(), fc.webUrl())])(
  'gives a name that DNS can be asked for, or a problem',
  (text) => {
    const name = readName(text);
    if (typeof name !== 'string') return;
    expect(name).toMatch(/^[a-z\d_-]{1,63}(\.[a-z\d_-]{1,63})*$/);
    expect(name.length).toBeLessThanOrEqual(253);
    expect(isIP(name)).toBe(0);
    expect(readName(name)).toBe(name);
  },
);
