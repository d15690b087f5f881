import { BlockList, isIP } from 'node:net';

/** How addresses of private networks are treated: compared, and told or not. */
export type PrivateAddresses = 'hide' | 'show';

/** Addresses that only mean something within somebody's network. Loopback tells nothing of any. */
const privateNetworks = new BlockList();
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('100.64.0.0', 10);
privateNetworks.addSubnet('169.254.0.0', 16);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addSubnet('fc00::', 7, 'ipv6');
privateNetworks.addSubnet('fe80::', 10, 'ipv6');

/** Whether a record is an address of a private network. */
export const isPrivateAddress = (record: string): boolean => {
  const version = isIP(record);
  return version !== 0 && privateNetworks.check(record, version === 6 ? 'ipv6' : 'ipv4');
};
