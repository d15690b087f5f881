import { BlockList } from 'node:net';
import type { Link } from './links.ts';

/** This machine on its networks. */
export type LocalNetwork = {
  /** The port that discovery listens on. */
  readonly port: number;
  readonly addresses: ReadonlySet<string>;
  /** The directed broadcast address of each IPv4 interface. */
  readonly broadcasts: ReadonlySet<string>;
  /** The networks that are reached without a router. */
  readonly onLink: BlockList;
};

/** What the machine's links come to. */
export const localNetwork = (port: number, links: readonly Link[]): LocalNetwork => {
  const onLink = new BlockList();
  for (const { cidr, family } of links) {
    const [network = '', prefix] = cidr.split('/');
    onLink.addSubnet(network, Number(prefix), family === 'IPv4' ? 'ipv4' : 'ipv6');
  }
  return {
    ...{ port, onLink },
    addresses: new Set(links.map((it) => it.address)),
    broadcasts: new Set(links.flatMap((it) => it.broadcast ?? [])),
  };
};
