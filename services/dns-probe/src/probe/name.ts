import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { type Problem, problem } from '@partyline/protocol';

/** Checked before it is parsed as a host of a URL, to which `/`, `%` and `:` would mean something. */
const written = /^[\p{L}\p{M}\p{Nd}_.-]+$/u;
/** RFC 1035 §2.3.4: labels of 63 octets, names of 253 characters without the last dot. */
const label = /^[a-z\d_-]{1,63}$/;
const MAX_NAME = 253;

/** The name in the form in which DNS is asked for it (IDNA, lower case, no last dot), or what is wrong with it. */
export const readName = (text: string): string | Problem => {
  const bad = problem('dns-name-bad');
  if (text.length > MAX_NAME + 1 || !written.test(text)) return bad;
  const name = domainToASCII(text).toLowerCase().replace(/\.$/, '');
  if (name.length > MAX_NAME || isIP(name) !== 0) return bad;
  if (!name.split('.').every((it) => label.test(it))) return bad;
  // A sweep through a private network's addresses would come this way.
  if (/(^|\.)(in-addr|ip6)\.arpa$/.test(name)) return problem('dns-reverse-refused');
  return name;
};
