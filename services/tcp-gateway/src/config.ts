import {
  affordableConnections,
  busSettings,
  checked,
  commonSettings,
  dataFolder,
  defineSettings,
  gatewaySettings,
  opsSettings,
  setting,
  tlsSettings,
} from '@partyline/service';
import { addressRanges } from './address-ranges.ts';
import { listenerUrlForm, parseListenerUrl } from './listener-url.ts';

const isWindows = process.platform === 'win32';

const everywhere: readonly string[] = [
  ...['text+tcp://*:7001', 'json+tcp://*:7002', 'raw+tcp://*:7003', 'irc+tcp://*:6667'],
  ...['text+tls://*:7701', 'json+tls://*:7702', 'raw+tls://*:7703', 'irc+tls://*:6697'],
];
/** In the data folder. */
const sockets: readonly string[] = [
  'text+unix:text.sock',
  'json+unix:json.sock',
  'raw+unix:raw.sock',
  'irc+unix:irc.sock',
];

const listeners = setting.list(
  'PARTYLINE_TCP_LISTENERS',
  isWindows ? everywhere : [...everywhere, ...sockets],
  'where clients come in, and what is spoken there',
);

/** What tcp-gateway can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...opsSettings,
  ...gatewaySettings,
  ...tlsSettings,
  data: dataFolder,
  listeners: checked(
    listeners,
    `URLs, separated by spaces: ${listenerUrlForm}`,
    (urls) => urls.length > 0 && urls.every((url) => parseListenerUrl(url) !== undefined),
  ),
  opsPort: setting.port('PARTYLINE_TCP_OPS_PORT', 7009, 'the port of health and metrics'),
  maxConnections: setting.integer(
    'PARTYLINE_TCP_MAX_CONNECTIONS',
    affordableConnections,
    'connections open at once, over all listeners; more are told that the line is full',
    { least: 1 },
  ),
  maxPerAddress: setting.integer(
    'PARTYLINE_TCP_MAX_PER_ADDRESS',
    1_000,
    'connections open at once from one address (IPv6: from one /64); 0 is no limit, and there is none for this machine',
  ),
  proxies: checked(
    setting.list(
      'PARTYLINE_TCP_PROXIES',
      [],
      'addresses and ranges (`10.0.0.0/8`) of proxies; these, and only these, must begin each connection with the PROXY protocol',
    ),
    'IP addresses, or ranges of them such as 10.0.0.0/8',
    (ranges) => addressRanges(ranges) !== undefined,
  ),
  handshakeMs: setting.durationMs(
    'PARTYLINE_TCP_HANDSHAKE_MS',
    10_000,
    "how long a TLS handshake, or a proxy's header, may take",
    { least: 100 },
  ),
  keepaliveMs: setting.durationMs(
    'PARTYLINE_TCP_KEEPALIVE_MS',
    60_000,
    'how long a connection may be silent before the kernel asks whether it still is; 0 is never',
  ),
  // The kernel caps it at net.core.somaxconn, 4,096 on Linux.
  backlog: setting.integer(
    'PARTYLINE_TCP_BACKLOG',
    4_096,
    'connections that the kernel holds until they are accepted',
    { least: 1 },
  ),
});
