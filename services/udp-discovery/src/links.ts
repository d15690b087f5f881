import type { networkInterfaces } from 'node:os';

/** One address of this machine on one of its networks. */
export type Link = {
  /** The interface, `eth0`. */
  readonly name: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly address: string;
  /** The network it is in, `192.168.1.7/24`. */
  readonly cidr: string;
  readonly isLoopback: boolean;
  /** Its directed broadcast address; a network of one or two addresses (RFC 3021) has none. */
  readonly broadcast?: string;
};

const toNumber = (address: string): number =>
  address.split('.').reduce((number, byte) => (number << 8) | Number(byte), 0);
const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

const LEAST_PREFIX_WITHOUT_BROADCAST = 31;

/** What the machine's interfaces (`os.networkInterfaces()`) come to. */
export const linksOf = (interfaces: ReturnType<typeof networkInterfaces>): readonly Link[] =>
  Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses.map((it) => {
      const { family, address, netmask, internal: isLoopback } = it;
      const cidr = it.cidr ?? `${address}/${family === 'IPv4' ? 32 : 128}`;
      const prefix = Number(cidr.split('/')[1]);
      const hasBroadcast =
        family === 'IPv4' && !isLoopback && prefix < LEAST_PREFIX_WITHOUT_BROADCAST;
      return {
        ...{ name, family, address, cidr, isLoopback },
        ...(hasBroadcast && { broadcast: toAddress(toNumber(address) | ~toNumber(netmask)) }),
      };
    }),
  );
