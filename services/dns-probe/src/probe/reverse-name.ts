import { isIP, isIPv4 } from 'node:net';

const GROUPS = 8;
const groupsOf = (part: string): readonly string[] => part.split(':').filter((it) => it !== '');

/** The 32 hexadecimal digits of an IPv6 address. */
const digitsOf = (address: string): string => {
  // A URL writes each address in one way (RFC 5952), without dots.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = canonical.split('::');
  const [start, end] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array<string>(GROUPS - start.length - end.length).fill('0');
  return [...start, ...zeros, ...end].map((group) => group.padStart(4, '0')).join('');
};

const backwards = (things: readonly string[]): string => things.toReversed().join('.');

/** The name under which DNS keeps the name of an address (RFC 1035 §3.5, RFC 3596 §2.5). */
export const reverseName = (address: string): string =>
  isIPv4(address)
    ? `${backwards(address.split('.'))}.in-addr.arpa`
    : `${backwards([...digitsOf(address)])}.ip6.arpa`;

/** Whether names of addresses are kept under a name, or at it. */
export const isReverseName = (name: string): boolean => /(^|\.)(in-addr|ip6)\.arpa$/.test(name);

/** The address whose name is kept at a name; undefined when it isn't that of one whole address. */
export const addressOf = (name: string): string | undefined => {
  const [, bytes] = /^(\d{1,3}(?:\.\d{1,3}){3})\.in-addr\.arpa$/.exec(name) ?? [];
  const [, digits] = /^([\da-f](?:\.[\da-f]){31})\.ip6\.arpa$/.exec(name) ?? [];
  const address =
    bytes === undefined
      ? backwards(digits?.split('.') ?? [])
          .replaceAll('.', '')
          .replace(/....(?!$)/g, '$&:')
      : backwards(bytes.split('.'));
  return isIP(address) === 0 ? undefined : address;
};
