import { addressRanges } from '../address-ranges.ts';
import { affordableConnections } from '../connections.ts';
import { checked, setting } from '../setting.ts';
import { defineSettings } from '../settings.ts';
import { isProxyEntry } from './proxies.ts';

/** Addresses and ranges of them. */
export const addressRangeList = (name: string, about: string) =>
  checked(
    setting.list(name, [], about),
    'IP addresses, or ranges of them such as 10.0.0.0/8',
    (ranges) => addressRanges(ranges) !== undefined,
  );

/** Proxies, by what `createProxies` takes. */
export const proxyList = (name: string, about: string) =>
  checked(
    setting.list(name, [], about),
    'IP addresses, ranges of them such as 10.0.0.0/8, or host names',
    (entries) => entries.every(isProxyEntry),
  );

/**
 * What a gateway that accepts connections can be told, under names that begin with `prefix`;
 * `opening` is what may take only so long before a client is one.
 */
export const acceptSettings = (prefix: string, opening: string) =>
  defineSettings({
    maxConnections: setting.integer(
      `${prefix}_MAX_CONNECTIONS`,
      affordableConnections,
      'connections open at once, over all listeners; more are told that the line is full',
      { least: 1 },
    ),
    maxPerAddress: setting.integer(
      `${prefix}_MAX_PER_ADDRESS`,
      1_000,
      'connections open at once from one address (IPv6: from one /64); 0 is no limit, and there is none for this machine',
    ),
    proxies: proxyList(
      `${prefix}_PROXIES`,
      'addresses, ranges (`10.0.0.0/8`) and host names of proxies; these, and only these, must begin each connection with the PROXY protocol',
    ),
    handshakeMs: setting.durationMs(
      `${prefix}_HANDSHAKE_MS`,
      10_000,
      `how long ${opening} may take`,
      { least: 100 },
    ),
    keepaliveMs: setting.durationMs(
      `${prefix}_KEEPALIVE_MS`,
      60_000,
      'how long a connection may be silent before the kernel asks whether it still is; 0 is never',
    ),
    // The kernel caps it at net.core.somaxconn, 4,096 on Linux.
    backlog: setting.integer(
      `${prefix}_BACKLOG`,
      4_096,
      'connections that the kernel holds until they are accepted',
      { least: 1 },
    ),
  });
