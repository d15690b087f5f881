import type { lookup } from 'node:dns';
import { isProblem } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { checkedLookup, createMayReach, destination, isNetwork } from './destination.ts';

const publicOnly = createMayReach([]);

describe('where webhooks go', () => {
  test.each([
    ...['93.184.215.14', '8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '198.20.0.1'],
    ...['2606:2800:21f:cb07:6820:80da:af6b:8b2c', '2a00::1', '2400:cb00::1'],
  ])('%s is somebody on the Internet', (address) => {
    expect(publicOnly(address)).toBe(true);
  });

  test.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192'],
    ...['198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1', '203.0.113.1'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254', '::127.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '2001:db8::1'],
    ...['::ffff:8.8.8.8%lo', 'localhost', ''],
  ])('%s is not', (address) => {
    expect(publicOnly(address)).toBe(false);
  });

  test('private networks are open when they are named, and nothing else with them', () => {
    const mayReach = createMayReach(['10.0.0.0/8', '::1', '192.168.1.5']);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '::1', '192.168.1.5', '8.8.8.8'])
      expect(mayReach(address)).toBe(true);
    for (const address of ['192.168.1.6', '127.0.0.1', '169.254.169.254', '::2'])
      expect(mayReach(address)).toBe(false);
  });
});

test('a network is an address or a range in CIDR notation', () => {
  for (const it of ['127.0.0.1', '10.0.0.0/8', '::1', 'fc00::/7', '0.0.0.0/0'])
    expect(isNetwork(it)).toBe(true);
  for (const it of ['localhost', '10.0.0.0/33', '10.0.0/8', '::1/129', '1.2.3.4/8/8', 'fe80::1%1'])
    expect(isNetwork(it)).toBe(false);
});

describe('a URL to call', () => {
  test.each([
    ['https://example.org/hook?x=1#part', 'https://example.org/hook?x=1'],
    ['http://8.8.8.8:8080', 'http://8.8.8.8:8080/'],
  ])('%s is one', (asked, href) => {
    expect(destination(asked, publicOnly)).toMatchObject({ href });
  });

  test.each([
    ['example.org', 'url-bad'],
    ['ftp://example.org/', 'url-bad'],
    ['file:///etc/passwd', 'url-bad'],
    ['https://user:secret@example.org/', 'url-bad'],
    [`https://example.org/${'x'.repeat(3_000)}`, 'url-bad'],
    ['http://127.0.0.1/', 'url-closed'],
    ['http://2130706433/', 'url-closed'],
    ['http://0x7f.1/', 'url-closed'],
    ['http://0177.0.0.1/', 'url-closed'],
    ['http://[::1]/', 'url-closed'],
    ['http://[::ffff:169.254.169.254]/latest', 'url-closed'],
    ['http://169.254.169.254/latest/meta-data', 'url-closed'],
  ])('%s is none', (asked, code) => {
    const it = destination(asked, publicOnly);
    expect(isProblem(it) && it.code).toBe(code);
  });
});

describe('a host', () => {
  const at = (...addresses: string[]) =>
    checkedLookup(publicOnly, ((
      _host: string,
      _options: object,
      done: (...its: unknown[]) => void,
    ) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup);
  const ask = (it: ReturnType<typeof at>, all: boolean) =>
    new Promise((resolve) => it('h.example', { all }, (...given) => resolve(given)));

  test('is called at those of its addresses that may be reached', async () => {
    const some = at('127.0.0.1', '8.8.8.8', '::1', '2a00::1');
    expect(await ask(some, true)).toEqual([
      null,
      [
        { address: '8.8.8.8', family: 4 },
        { address: '2a00::1', family: 6 },
      ],
    ]);
    expect(await ask(some, false)).toEqual([null, '8.8.8.8', 4]);
  });

  test('is not called when it has none', async () => {
    const [error] = (await ask(at('192.168.0.9', 'fe80::1'), true)) as [Error];
    expect(error.message).toBe('h.example is at 192.168.0.9, which webhooks may not call');
  });
});
