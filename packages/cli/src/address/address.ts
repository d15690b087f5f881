/** Where a server is, and what moves the bytes there. The json dialect is spoken over all of them. */
export type Address =
  | { readonly over: 'tcp' | 'tls'; readonly host: string; readonly port: number }
  | { readonly over: 'unix'; readonly path: string }
  | {
      readonly over: 'ws' | 'wss';
      readonly host: string;
      readonly port: number;
      readonly path: string;
    };

type Transport = Address['over'];

const ports: Readonly<Record<Exclude<Transport, 'unix'>, number>> = {
  tcp: 7002,
  tls: 7702,
  ws: 7010,
  wss: 443,
};

const transportOf: Readonly<Record<string, Transport>> = {
  'json+tcp': 'tcp',
  tcp: 'tcp',
  'json+tls': 'tls',
  tls: 'tls',
  'json+unix': 'unix',
  unix: 'unix',
  ws: 'ws',
  wss: 'wss',
};

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

const fromUrl = (transport: Transport, text: string): Address | undefined => {
  if (transport === 'unix') {
    const path = /^[^:]*:\/\/(\/.+)$/.exec(text)?.[1];
    return path === undefined ? undefined : { over: 'unix', path };
  }
  // An http URL is one whose host is read the same everywhere.
  const url = URL.parse(text.replace(/^[^:]*:/, 'http:'));
  if (url === null || url.hostname === '' || url.username !== '') return undefined;
  const explicit = /:(\d+)(?:\/|$)/.exec(text.replace(/^[^:]*:\/\//, ''))?.[1];
  const port = explicit === undefined ? ports[transport] : Number(explicit);
  if (port < 1 || port > 65_535) return undefined;
  const place = { host: bare(url.hostname), port };
  if (transport === 'tcp' || transport === 'tls')
    return url.pathname === '/' && url.search === '' ? { over: transport, ...place } : undefined;
  return { over: transport, ...place, path: `${url.pathname}${url.search}` };
};

/**
 * Reads an address: a URL as discovery tells it (`json+tcp://HOST:7002`, `json+tls://…`,
 * `json+unix:///PATH`, `ws://…`, `wss://…`), `HOST`, `HOST:PORT` for TCP, or the path of a socket.
 * Undefined when it is none of these.
 */
export const parseAddress = (text: string): Address | undefined => {
  const scheme = /^([a-z][a-z+]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    const transport = Object.hasOwn(transportOf, scheme) ? transportOf[scheme] : undefined;
    return transport === undefined ? undefined : fromUrl(transport, text);
  }
  if (/^\.{0,2}\//.test(text)) return { over: 'unix', path: text };
  if (/[\s/@]/.test(text)) return undefined;
  const isIpv6 = text.includes(':') && text.indexOf(':') !== text.lastIndexOf(':');
  const host = isIpv6 && !text.startsWith('[') ? `[${text}]` : text;
  return fromUrl('tcp', `tcp://${host}`);
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** An address as it is written. */
export const addressText = (address: Address): string => {
  if (address.over === 'unix') return `json+unix://${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const path = 'path' in address && address.path !== '/' ? address.path : '';
  const scheme = address.over === 'ws' || address.over === 'wss' ? '' : 'json+';
  return `${scheme}${address.over}://${host}:${address.port}${path}`;
};

/** Whether what goes there can be read on the way. */
export const isOpenToReaders = (address: Address): boolean =>
  (address.over === 'tcp' || address.over === 'ws') && !isLoopback(address.host);
