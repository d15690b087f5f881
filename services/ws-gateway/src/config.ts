import {
  acceptSettings,
  addressRangeList,
  busSettings,
  checked,
  commonSettings,
  dataFolder,
  defineSettings,
  gatewaySettings,
  optional,
  setting,
  tlsSettings,
  wsListeners,
} from '@partyline/service';
import { isOrigin } from './origin.ts';

/** What ws-gateway can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...gatewaySettings,
  ...tlsSettings,
  ...acceptSettings('PARTYLINE_WS', "a TLS handshake, a proxy's header, or the head of a request,"),
  data: dataFolder,
  listeners: wsListeners,
  trustedProxies: addressRangeList(
    'PARTYLINE_WS_TRUSTED_PROXIES',
    'proxies whose X-Forwarded-For tells the address of a client: addresses and ranges',
  ),
  origins: checked(
    setting.list(
      'PARTYLINE_WS_ORIGINS',
      optional,
      'origins whose pages may connect, `*` for all; else pages of the same host name and of localhost',
    ),
    'origins such as https://chat.example.org, or *',
    (origins) => origins.every(isOrigin),
  ),
  deflateBytes: setting.bytes(
    'PARTYLINE_WS_DEFLATE_BYTES',
    1_024,
    'messages from this length on are sent compressed to clients that offer permessage-deflate',
    { least: 1 },
  ),
  maxDeflated: setting.integer(
    'PARTYLINE_WS_DEFLATE_CONNECTIONS',
    2_000,
    'connections that use permessage-deflate at once, at about 35 KiB each; 0 compresses nothing',
  ),
  pingMs: setting.durationMs(
    'PARTYLINE_WS_PING_MS',
    30_000,
    'how often a client is pinged; after two pings without an answer it is gone',
    { least: 1_000 },
  ),
});
