import { BlockList, isIP } from 'node:net';
import { isProblem, nickKey, nickProblem, type Problem, problem } from '@partyline/protocol';

/** What a ban is of. */
export type Subject =
  | { readonly type: 'nick'; readonly nick: string }
  | { readonly type: 'account'; readonly nick: string }
  /** In its one spelling. */
  | { readonly type: 'address'; readonly range: string };

/** Wider ranges would shut out a good part of the Internet by one slip. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;
const MAPPED_BITS = 96;
const ACCOUNT = 'account:';

type Address = { readonly address: string; readonly family: 'ipv4' | 'ipv6' };

/** An address in its one spelling; an IPv4 one that is mapped into IPv6 is told as what it is. */
const addressOf = (asked: string): Address | undefined => {
  const plain = asked.replace(/^::ffff:(?=\d+\.)/i, '');
  const version = isIP(plain);
  if (version === 4) return { address: plain, family: 'ipv4' };
  if (version !== 6 || plain.includes('%')) return undefined;
  return { address: new URL(`http://[${plain}]`).hostname.slice(1, -1), family: 'ipv6' };
};

/** Undefined when it isn't meant as an address at all. */
const rangeOf = (asked: string): Subject | Problem | undefined => {
  const [host = '', bits, ...rest] = asked.split('/');
  const found = addressOf(host);
  if (found === undefined) return asked.includes('/') ? problem('ban-bad') : undefined;
  const { address, family } = found;
  const most = family === 'ipv4' ? 32 : 128;
  const isMapped = family === 'ipv4' && host.includes(':');
  const prefix = bits === undefined ? most : Number(bits) - (isMapped ? MAPPED_BITS : 0);
  const isRange =
    rest.length === 0 &&
    (bits === undefined || /^\d{1,3}$/.test(bits)) &&
    prefix >= WIDEST[family] &&
    prefix <= most;
  return isRange ? { type: 'address', range: `${address}/${prefix}` } : problem('ban-bad');
};

/** What somebody means by whom to ban: a nick, `account:NICK`, or an address range in CIDR notation. */
export const subjectOf = (who: string): Subject | Problem => {
  const asked = who.trim();
  const isAccount = asked.startsWith(ACCOUNT);
  const range = isAccount ? undefined : rangeOf(asked);
  if (range !== undefined) return range;
  const nick = isAccount ? asked.slice(ACCOUNT.length) : asked;
  if (nickProblem(nick) !== undefined) return problem('ban-bad');
  return { type: isAccount ? 'account' : 'nick', nick };
};

/** The key of a nick that a ban's subject may name. */
export const nameKeyOf = (who: string): string | undefined => {
  const subject = subjectOf(who);
  return isProblem(subject) || subject.type === 'address' ? undefined : nickKey(subject.nick);
};

/** Tells whether an address is in one of the ranges. */
export const within = (ranges: Iterable<string>): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [host = '', bits] = range.split('/');
    const found = addressOf(host);
    if (found !== undefined) list.addSubnet(found.address, Number(bits), found.family);
  }
  return (asked) => {
    const found = addressOf(asked);
    return found !== undefined && list.check(found.address, found.family);
  };
};
