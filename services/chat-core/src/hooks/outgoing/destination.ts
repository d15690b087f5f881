import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { limits, type Problem, problem } from '@partyline/protocol';
import { within } from '../../line/moderation/subject.ts';

/**
 * Addresses that are nobody's on the Internet, or lead elsewhere than they say (IANA's
 * special-purpose registries, RFC 6890): private networks, loopback, link-local and with it clouds'
 * metadata, multicast, tunnels. Of IPv6 only 2000::/3 is anybody's, so that IPv4 addresses which are
 * mapped or translated into IPv6 are among them.
 */
const closedIpv4 = within([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]);
const closedIpv6 = within([
  ...['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]);

/** A range as `within` takes it; undefined for what is no address and no range. */
const rangeOf = (text: string): string | undefined => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  if (version === 0 || rest.length > 0 || address.includes('%')) return undefined;
  if (bits === undefined) return `${address}/${most}`;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? text : undefined;
};

/** Whether a text is an address, or a range of them in CIDR notation. */
export const isNetwork = (text: string): boolean => rangeOf(text) !== undefined;

/** Whether webhooks may go to an address. */
export type MayReach = (address: string) => boolean;

/** Lets webhooks go to public addresses, and to those of the private networks given. */
export const createMayReach = (networks: readonly string[]): MayReach => {
  const allowed = within(networks.flatMap((it) => rangeOf(it) ?? []));
  return (address) => {
    const version = isIP(address);
    // An address with a zone (fe80::1%eth0) is of this link.
    if (version === 0 || address.includes('%')) return false;
    const closed = version === 4 ? closedIpv4 : closedIpv6;
    return allowed(address) || !closed(address);
  };
};

/** The address that a URL names itself; undefined when it names a host. */
const literalOf = ({ hostname }: URL): string | undefined => {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) === 0 ? undefined : address;
};

/** A URL that webhooks may call, in its one spelling. Where its host is is looked up at each call. */
export const destination = (asked: string, mayReach: MayReach): URL | Problem => {
  if (asked.length > limits.urlCharacters || !URL.canParse(asked)) return problem('url-bad');
  const url = new URL(asked);
  const isPlain = url.username === '' && url.password === '';
  if (!['http:', 'https:'].includes(url.protocol) || !isPlain) return problem('url-bad');
  url.hash = '';
  const address = literalOf(url);
  return address === undefined || mayReach(address) ? url : problem('url-closed', { address });
};

/** Why a host can't be called: none of its addresses may be reached. */
export class ClosedAddress extends Error {
  override readonly name = 'ClosedAddress';
}

/**
 * Looks a host up, and gives only addresses that may be reached: what is checked is what is
 * connected to, so that a name can't be another place a moment later.
 */
export const checkedLookup =
  (mayReach: MayReach, resolve: typeof lookup = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const open = addresses.filter((it) => mayReach(it.address));
      const [first] = open;
      if (first === undefined) {
        const [{ address } = { address: 'no address' }] = addresses;
        const why = `${hostname} is at ${address}, which webhooks may not call`;
        return callback(new ClosedAddress(why), []);
      }
      return options.all ? callback(null, open) : callback(null, first.address, first.family);
    });
  };
