import { isIPv6 } from 'node:net';

/**
 * What an address counts as when clients are limited by where they come from: an IPv4 address as
 * itself, an IPv6 address as its /64, in which one household or host can take any address.
 */
export const addressBlock = (address: string): string => {
  const [zoneless = ''] = address.split('%');
  if (!isIPv6(zoneless)) return address;
  const [head = '', tail] = zoneless.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const all = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${all.slice(0, 4).join(':')}::/64`;
};
