import {
  busSettings,
  checked,
  commonSettings,
  defineSettings,
  proxyList,
  setting,
} from '@partyline/service';
import { readServer } from './dns/server.ts';

const servers = (name: string, about: string) =>
  checked(
    setting.list(name, [], about),
    'addresses of DNS servers, ADDRESS or ADDRESS:PORT, [ADDRESS]:PORT for IPv6, each with NAME= before it if you like',
    (texts: readonly string[]) => texts.every((text) => readServer(text) !== undefined),
  );

/** What dns-probe can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  host: setting.string('PARTYLINE_DNS_HOST', '*', 'the address on which probes are served'),
  port: setting.port('PARTYLINE_DNS_PORT', 7030, 'its port, also of health and metrics'),
  servers: servers(
    'PARTYLINE_DNS_SERVERS',
    "the DNS servers that are asked, side by side, `ADDRESS` or `ADDRESS:PORT`; else the system's",
  ),
  choices: servers(
    'PARTYLINE_DNS_CHOICES',
    'DNS servers that are asked only by who names them, `@ADDRESS`, or `@NAME` when they are given as `NAME=ADDRESS`',
  ),
  timeoutMs: setting.durationMs(
    'PARTYLINE_DNS_TIMEOUT_MS',
    2_000,
    'how long one answer is waited for',
    { least: 100, most: 20_000 },
  ),
  cacheMs: setting.durationMs(
    'PARTYLINE_DNS_CACHE_MS',
    60_000,
    'how long an answer is kept at most, if its TTL is longer; 0 is not at all',
  ),
  perMinute: setting.integer(
    'PARTYLINE_DNS_PER_MINUTE',
    30,
    'questions that one person, or one address, may ask in a minute',
    { least: 1 },
  ),
  perMinuteInAll: setting.integer(
    'PARTYLINE_DNS_PER_MINUTE_IN_ALL',
    1_000,
    'questions that all of them may ask in a minute',
    { least: 1 },
  ),
  privateAddresses: setting.choice(
    'PARTYLINE_DNS_PRIVATE',
    ['hide', 'show'],
    'hide',
    'whether addresses of private networks, and their names, are told to those who ask',
  ),
  trustedProxies: proxyList(
    'PARTYLINE_DNS_TRUSTED_PROXIES',
    'proxies whose X-Forwarded-For tells the address of a client: addresses, ranges and host names',
  ),
});
