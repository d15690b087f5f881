import { expect, test } from 'vitest';
import { targetsOf } from './targets.ts';

test('this machine and every network that it is on are asked', () => {
  const on = { mac: '', internal: false, netmask: '' };
  const interfaces = {
    lo: [{ ...on, family: 'IPv4', address: '127.0.0.1', cidr: '127.0.0.1/8', internal: true }],
    eth0: [
      { ...on, family: 'IPv4', address: '192.168.130.7', cidr: '192.168.130.7/20' },
      { ...on, family: 'IPv6', address: 'fe80::1', cidr: 'fe80::1/64', scopeid: 2 },
    ],
    ptp: [{ ...on, family: 'IPv4', address: '10.0.0.1', cidr: '10.0.0.1/32' }],
  } as const;
  expect(targetsOf(interfaces as never)).toEqual({
    ipv4: ['127.0.0.1', '255.255.255.255', '192.168.143.255'],
    ipv6: ['::1', 'ff02::1%eth0'],
  });
});
