import { type BlockList, isIP, isIPv6 } from 'node:net';
import { plainAddress } from '@partyline/service';

/** Whether an address is one of a list's. */
export const isListed = (address: string | undefined, list: BlockList): boolean =>
  address !== undefined && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** An address as proxies write it: with a port, an IPv6 address in brackets then. */
const addressIn = (entry: string): string | undefined => {
  const [, bracketed, plain = ''] =
    /^(?:\[([^\]]*)\](?::\d+)?|((?:\d+\.){3}\d+)(?::\d+)?)$/.exec(entry) ?? [];
  const address = plainAddress(bracketed ?? (plain || entry));
  return isIP(address) === 0 ? undefined : address;
};

/**
 * Whose request a proxy forwards, by what the proxies on its way wrote into X-Forwarded-For. Each
 * adds at the end whom it was asked by, so the client is the last who is none of the trusted; what
 * stands before it, anybody may have written.
 */
export const forwardedFor = (
  proxy: string,
  header: string | undefined,
  trusted: BlockList,
): string => {
  const entries = (header ?? '').split(',').map((it) => it.trim());
  let address = proxy;
  for (const entry of entries.reverse()) {
    const before = addressIn(entry);
    if (before === undefined) return address;
    address = before;
    if (!isListed(address, trusted)) return address;
  }
  return address;
};
