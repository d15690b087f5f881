import type { networkInterfaces } from 'node:os';

/** This machine on its networks. */
export type LocalNetwork = {
  /** The port that discovery listens on. */
  readonly port: number;
  readonly addresses: ReadonlySet<string>;
  /** The directed broadcast address of each IPv4 interface. */
  readonly broadcasts: ReadonlySet<string>;
};

const toNumber = (address: string): number =>
  address.split('.').reduce((number, byte) => (number << 8) | Number(byte), 0);
const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

/** What the machine's interfaces (`os.networkInterfaces()`) come to. */
export const localNetwork = (
  port: number,
  interfaces: ReturnType<typeof networkInterfaces>,
): LocalNetwork => {
  const all = Object.values(interfaces).flatMap((its) => its ?? []);
  const broadcasts = all
    // A network of one or two addresses (RFC 3021) has no broadcast address.
    .filter((it) => it.family === 'IPv4' && Number(it.cidr?.split('/')[1]) < 31)
    .map((it) => toAddress(toNumber(it.address) | ~toNumber(it.netmask)));
  return {
    port,
    addresses: new Set(all.map((it) => it.address)),
    broadcasts: new Set(broadcasts),
  };
};
