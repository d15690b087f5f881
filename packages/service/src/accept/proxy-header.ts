import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { plainAddress } from '../plain-address.ts';

/** Whom a proxy speaks for; nobody is told of when it speaks for itself. */
export type ProxiedClient = {
  readonly address?: string;
  /** Whether the proxy speaks TLS with it (version 2, PP2_CLIENT_SSL). */
  readonly isSecure?: boolean;
};

/** What the beginning of a connection from a proxy says. */
export type ProxyHeader =
  /** Too little came to tell. */
  | { readonly type: 'partial' }
  | { readonly type: 'header'; readonly length: number; readonly client: ProxiedClient }
  | { readonly type: 'bad'; readonly reason: string };

const V2_SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const V1_SIGNATURE = Buffer.from('PROXY ', 'latin1');
/** The longest line of version 1, its CR LF included. */
const V1_BYTES = 107;
const V2_FIXED_BYTES = 16;
/** More than any proxy sends, certificates of clients among it. */
const V2_REST_BYTES = 16_384;
/** The type of what is told of TLS (section 2.2.5), and the bit that says that it is spoken. */
const V2_TLS = 0x20;
const V2_TLS_SPOKEN = 0x01;

const bad = (reason: string): ProxyHeader => ({ type: 'bad', reason });

/**
 * Reads the header of the PROXY protocol, version 1 or 2
 * (https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt), strictly. It holds at most
 * 16,400 bytes; with more than that the answer is never `partial`.
 */
export const readProxyHeader = (bytes: Buffer): ProxyHeader => {
  if (beginsWith(bytes, V1_SIGNATURE)) return readV1(bytes);
  if (beginsWith(bytes, V2_SIGNATURE)) return readV2(bytes);
  return bad('it begins otherwise');
};

/** Whether the bytes begin so, or may once more of them came. */
const beginsWith = (bytes: Buffer, signature: Buffer): boolean => {
  const length = Math.min(bytes.length, signature.length);
  return bytes.compare(signature, 0, length, 0, length) === 0;
};

const v1Line = /^PROXY (?:UNKNOWN(?: .*)?|(TCP4|TCP6) (\S+) (\S+) (\d{1,5}) (\d{1,5}))$/;

const readV1 = (bytes: Buffer): ProxyHeader => {
  const end = bytes.subarray(0, V1_BYTES).indexOf('\r\n');
  if (end === -1)
    return bytes.length < V1_BYTES ? { type: 'partial' } : bad('its line is too long');
  const length = end + 2;
  const match = v1Line.exec(bytes.toString('latin1', 0, end));
  if (match === null) return bad('its line is not as version 1 has it');
  const [, family, source = '', target = '', ...ports] = match;
  if (family === undefined) return { type: 'header', length, client: {} };
  const fits = family === 'TCP4' ? isIPv4 : isIPv6;
  if (!fits(source) || !fits(target) || ports.some((it) => Number(it) > 65_535))
    return bad('its line has an address that is none');
  return { type: 'header', length, client: { address: canonical(source) } };
};

const readV2 = (bytes: Buffer): ProxyHeader => {
  if (bytes.length < V2_FIXED_BYTES) return { type: 'partial' };
  const version = bytes.readUInt8(12) >> 4;
  const command = bytes.readUInt8(12) & 0x0f;
  const family = bytes.readUInt8(13);
  const rest = bytes.readUInt16BE(14);
  if (version !== 2) return bad(`its version is ${version}`);
  if (command > 1) return bad(`its command is ${command}`);
  if (rest > V2_REST_BYTES) return bad(`it has ${rest} bytes`);
  const length = V2_FIXED_BYTES + rest;
  if (bytes.length < length) return { type: 'partial' };
  // LOCAL: the proxy looks whether somebody is there.
  if (command === 0) return { type: 'header', length, client: {} };
  const client = (address: string, moreBytes: number): ProxyHeader => {
    const more = bytes.subarray(V2_FIXED_BYTES + moreBytes, length);
    return {
      type: 'header',
      length,
      client: { address, ...(saysTls(more) && { isSecure: true }) },
    };
  };
  switch (family) {
    case 0x11:
      if (rest < 12) return bad('its addresses are cut off');
      return client(bytes.subarray(16, 20).join('.'), 12);
    case 0x21:
      if (rest < 36) return bad('its addresses are cut off');
      return client(ipv6(bytes.subarray(16, 32)), 36);
    // Unspecified, or a Unix socket: there is no address to tell.
    case 0x00:
    case 0x31:
      return { type: 'header', length, client: {} };
    default:
      return bad(`its transport is 0x${family.toString(16).padStart(2, '0')}, which is no stream`);
  }
};

/** Whether what stands after the addresses, a type, a length and a value each, says that TLS is spoken. */
const saysTls = (more: Buffer): boolean => {
  let at = 0;
  while (at + 3 < more.length) {
    if (more.readUInt8(at) === V2_TLS) return (more.readUInt8(at + 3) & V2_TLS_SPOKEN) !== 0;
    at += 3 + more.readUInt16BE(at + 1);
  }
  return false;
};

const ipv6 = (bytes: Buffer): string => {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(2 * at).toString(16));
  return canonical(groups.join(':'));
};

/** The one spelling of an address (RFC 5952), IPv4 in IPv6 as the IPv4 that it is. */
const canonical = (address: string): string => {
  if (isIPv4(address)) return address;
  return plainAddress(new SocketAddress({ address, family: 'ipv6' }).address);
};
