import type { NetworkInterfaceInfo } from 'node:os';

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Where to ask for servers, by family. */
export type Targets = { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] };

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const textOf = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The address that reaches every host of an interface's network; undefined where there is none. */
const broadcastOf = ({ address, cidr }: NetworkInterfaceInfo): string | undefined => {
  const prefix = Number(cidr?.split('/')[1] ?? 32);
  if (prefix > 30) return undefined;
  const hosts = 2 ** (32 - prefix);
  return textOf(Math.floor(numberOf(address) / hosts) * hosts + hosts - 1);
};

/** This machine, and everybody on its networks: limited and directed broadcast, and all nodes of each link (RFC 4291 §2.7.1). */
export const targetsOf = (interfaces: Interfaces): Targets => {
  const ipv4 = new Set(['127.0.0.1', '255.255.255.255']);
  const ipv6 = new Set(['::1']);
  for (const [name, infos = []] of Object.entries(interfaces)) {
    for (const info of infos) {
      if (info.internal) continue;
      if (info.family === 'IPv6') {
        ipv6.add(`ff02::1%${name}`);
        continue;
      }
      const broadcast = broadcastOf(info);
      if (broadcast !== undefined) ipv4.add(broadcast);
    }
  }
  return { ipv4: [...ipv4], ipv6: [...ipv6] };
};
