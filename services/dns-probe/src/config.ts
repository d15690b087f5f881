import { Resolver } from 'node:dns';
import { busSettings, checked, commonSettings, defineSettings, setting } from '@partyline/service';

const areServers = (servers: readonly string[]): boolean => {
  try {
    new Resolver().setServers(servers);
    return true;
  } catch {
    return false;
  }
};

/** What dns-probe can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  host: setting.string('PARTYLINE_DNS_HOST', '*', 'the address on which probes are served'),
  port: setting.port('PARTYLINE_DNS_PORT', 7030, 'its port, also of health and metrics'),
  servers: checked(
    setting.list(
      'PARTYLINE_DNS_SERVERS',
      [],
      "the DNS servers that are asked, `ADDRESS` or `ADDRESS:PORT`; else the system's",
    ),
    'addresses of DNS servers, ADDRESS or ADDRESS:PORT, [ADDRESS]:PORT for IPv6',
    areServers,
  ),
  timeoutMs: setting.durationMs(
    'PARTYLINE_DNS_TIMEOUT_MS',
    2_000,
    'how long one answer is waited for',
    { least: 100, most: 20_000 },
  ),
  privateAddresses: setting.choice(
    'PARTYLINE_DNS_PRIVATE',
    ['hide', 'show'],
    'hide',
    'whether addresses of private networks are told to those who ask',
  ),
});
