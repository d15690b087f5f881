import { networkInterfaces } from 'node:os';

/** An address to bind: `*` is every address of the machine, IPv6 and IPv4 where it has both. */
export const bindHost = (host: string): string => {
  if (host !== '*') return host;
  const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some((it) => it.family === 'IPv6'),
  );
  return hasIpv6 ? '::' : '0.0.0.0';
};

const everyAddress = new Set(['*', '::', '0.0.0.0']);

/** `HOST:PORT` where clients reach what is bound to `host`: `publicHost` when that is every address. */
export const reachedAt = (host: string, port: number, publicHost: string): string => {
  const name = everyAddress.has(host) ? publicHost : host;
  return `${/^[^[].*:|^:/.test(name) ? `[${name}]` : name}:${port}`;
};
