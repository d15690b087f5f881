import { BlockList } from 'node:net';
import { LAN_PORT } from '@partyline/lan';
import type { LocalNetwork } from '../local-network.ts';

/** Where a datagram says that it comes from; nothing proves it. */
export type Source = {
  readonly address: string;
  readonly port: number;
  readonly family: 'IPv4' | 'IPv6';
};

/** Addresses that are no single host's. */
const nobodys = new BlockList();
nobodys.addSubnet('0.0.0.0', 8);
nobodys.addSubnet('224.0.0.0', 3); // multicast, class E and 255.255.255.255
nobodys.addSubnet('::', 128, 'ipv6');
nobodys.addSubnet('ff00::', 8, 'ipv6');

/** Addresses that the Internet doesn't route: a forged one can only hurt the network it is sent from. */
const nearby = new BlockList();
nearby.addSubnet('10.0.0.0', 8);
nearby.addSubnet('127.0.0.0', 8);
nearby.addSubnet('169.254.0.0', 16);
nearby.addSubnet('172.16.0.0', 12);
nearby.addSubnet('192.168.0.0', 16);
nearby.addSubnet('::1', 128, 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

/** Ports above 1023 that answer a datagram themselves, or have been made to: SSDP, WS-Discovery, mDNS, LLMNR, memcached. */
const chattyPorts = new Set([1900, 3702, 5353, 5355, 11_211]);

const zoneless = (address: string): string => address.split('%', 1)[0] ?? address;
const has = (list: BlockList, { address, family }: Source): boolean =>
  list.check(zoneless(address), family === 'IPv4' ? 'ipv4' : 'ipv6');

/** From how far away datagrams are taken. */
export type Reach =
  /** From networks that this machine is in. */
  | 'on-link'
  /** From them, and from addresses that the Internet doesn't route. */
  | 'nearby'
  | 'anywhere';

/** Whether a source is within reach. */
export const isWithin = (source: Source, reach: Reach, { onLink }: LocalNetwork): boolean =>
  reach === 'anywhere' || has(onLink, source) || (reach === 'nearby' && has(nearby, source));

/** Whether an answer to this source could reach many hosts, a service that answers back, or this one. */
export const isUnanswerable = (source: Source, local: LocalNetwork): boolean =>
  source.port < 1024 ||
  chattyPorts.has(source.port) ||
  has(nobodys, source) ||
  local.broadcasts.has(source.address) ||
  (source.port === local.port && local.addresses.has(zoneless(source.address)));

/** Whether a source is another one's discovery: what that sends is meant for people. */
export const isDiscovery = ({ port }: Source, local: LocalNetwork): boolean =>
  port === LAN_PORT || port === local.port;

/** What an answer to a source of the LAN may come to, however short its request was. */
export const NEARBY_BYTES = 512;

/** How long an answer to an unproven source may be. */
export const allowedBytes = (source: Source, requestBytes: number): number =>
  has(nearby, source) ? Math.max(requestBytes, NEARBY_BYTES) : requestBytes;
