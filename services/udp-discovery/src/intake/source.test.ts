import { expect, it } from 'vitest';
import { linksOf } from '../links.ts';
import { localNetwork } from '../local-network.ts';
import {
  allowedBytes,
  isDiscovery,
  isUnanswerable,
  isWithin,
  NEARBY_BYTES,
  type Source,
} from './source.ts';

const local = localNetwork(
  7020,
  linksOf({
    eth0: [
      {
        ...{ address: '10.1.2.3', netmask: '255.255.252.0', cidr: '10.1.2.3/22' },
        ...{ family: 'IPv4', mac: '', internal: false },
      },
      {
        ...{ address: 'fe80::9', netmask: 'ffff:ffff:ffff:ffff::', cidr: 'fe80::9/64' },
        ...{ family: 'IPv6', mac: '', internal: false, scopeid: 2 },
      },
    ],
  }),
);
const from = (address: string, port = 50_000): Source => ({
  address,
  port,
  family: address.includes(':') ? 'IPv6' : 'IPv4',
});

it.each([
  ['limited broadcast', from('255.255.255.255')],
  ['an interface’s directed broadcast', from('10.1.3.255')],
  ['an IPv4 group', from('239.77.7.1')],
  ['an IPv6 group', from('ff02::1')],
  ['this network', from('0.0.0.0')],
  ['no address', from('::')],
  ['port 0', from('10.0.0.1', 0)],
  ['a DNS server', from('10.0.0.1', 53)],
  ['an mDNS responder', from('10.0.0.1', 5353)],
  ['its own socket', from('10.1.2.3', 7020)],
  ['its own socket on IPv6', from('fe80::9%eth0', 7020)],
])('does not answer %s', (_name, source) => {
  expect(isUnanswerable(source, local)).toBe(true);
});

it.each([
  from('127.0.0.1'),
  from('10.1.2.255'),
  from('10.1.2.3', 40_000),
  from('203.0.113.9', 7020),
  from('fe80::1%eth0'),
  from('2001:db8::1'),
])('answers $address port $port', (source) => {
  expect(isUnanswerable(source, local)).toBe(false);
});

it.each([
  '127.0.0.1',
  '10.9.9.9',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.1.1',
  '::1',
  'fd00::1',
  'fe80::1%eth0',
])('allows %s of the LAN an answer longer than its request', (address) => {
  expect(allowedBytes(from(address), 19)).toBe(NEARBY_BYTES);
  expect(allowedBytes(from(address), 900)).toBe(900);
});

it.each(['8.8.8.8', '172.32.0.1', '2001:db8::1'])(
  'allows %s of the Internet an answer no longer than its request',
  (address) => {
    expect(allowedBytes(from(address), 19)).toBe(19);
  },
);

it.each([
  ['10.1.1.1', 'on-link', true],
  ['fe80::1%eth0', 'on-link', true],
  ['10.9.9.9', 'on-link', false],
  ['10.9.9.9', 'nearby', true],
  ['203.0.113.9', 'nearby', false],
  ['203.0.113.9', 'anywhere', true],
] as const)('finds %s within reach, if that is %s: %s', (address, reach, is) => {
  expect(isWithin(from(address), reach, local)).toBe(is);
});

it('knows another discovery by its port', () => {
  expect(isDiscovery(from('10.1.1.1', 7020), local)).toBe(true);
  expect(isDiscovery(from('10.1.1.1', 40_000), local)).toBe(false);
});
