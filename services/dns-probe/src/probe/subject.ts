import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { isProblem, type Problem, problem } from '@partyline/protocol';
import { isPrivateAddress, type PrivateAddresses } from './address.ts';
import { addressOf, isReverseName, reverseName } from './reverse-name.ts';

/** What somebody asks about: a name, or the name of an address. */
export type Subject = {
  /** As DNS is asked for it: IDNA, lower case, without the last dot. */
  readonly name: string;
  /** The address whose name this is. */
  readonly address?: string;
};

/** Checked before it is parsed as a host of a URL, to which `/`, `%` and `:` would mean something. */
const written = /^[\p{L}\p{M}\p{Nd}_.-]+$/u;
/** RFC 1035 §2.3.4: labels of 63 octets, names of 253 characters without the last dot. */
const label = /^[a-z\d_-]{1,63}$/;
const MAX_NAME = 253;

const reverse = (address: string): Subject => ({ name: reverseName(address), address });

/** A name or an address as somebody wrote it, or what is wrong with it. */
export const readSubject = (text: string): Subject | Problem => {
  if (isIP(text) !== 0 && !text.includes('%')) return reverse(text.toLowerCase());
  const bad = problem('dns-name-bad');
  if (text.length > MAX_NAME + 1 || !written.test(text)) return bad;
  const name = domainToASCII(text).toLowerCase().replace(/\.$/, '');
  if (name.length > MAX_NAME || isIP(name) !== 0) return bad;
  if (!name.split('.').every((it) => label.test(it))) return bad;
  if (!isReverseName(name)) return { name };
  const address = addressOf(name);
  // What isn't one whole address's name is only of use to who sweeps through a network.
  return address === undefined ? problem('dns-reverse-refused') : reverse(address);
};

/** The same for strangers, who aren't told the names of private addresses unless these are shown. */
export const readGuarded = (
  text: string,
  privateAddresses: PrivateAddresses,
): Subject | Problem => {
  const subject = readSubject(text);
  if (isProblem(subject) || subject.address === undefined) return subject;
  return privateAddresses === 'hide' && isPrivateAddress(subject.address)
    ? problem('dns-reverse-refused')
    : subject;
};
