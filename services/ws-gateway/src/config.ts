import {
  affordableConnections,
  busSettings,
  checked,
  commonSettings,
  defineSettings,
  gatewaySettings,
  optional,
  setting,
} from '@partyline/service';
import { isOrigin } from './origin.ts';

/** What ws-gateway can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...gatewaySettings,
  host: setting.string('PARTYLINE_WS_HOST', '*', 'the address on which WebSockets are served'),
  port: setting.port('PARTYLINE_WS_PORT', 7010, 'the port of WebSockets'),
  origins: checked(
    setting.list(
      'PARTYLINE_WS_ORIGINS',
      optional,
      'origins whose pages may connect, `*` for all; else pages of the same host name and of localhost',
    ),
    'origins such as https://chat.example.org, or *',
    (origins) => origins.every(isOrigin),
  ),
  maxConnections: setting.integer(
    'PARTYLINE_WS_MAX_CONNECTIONS',
    affordableConnections,
    'WebSockets open at once',
    { least: 1 },
  ),
  pingMs: setting.durationMs(
    'PARTYLINE_WS_PING_MS',
    30_000,
    'how often a client is pinged; after two pings without an answer it is gone',
    { least: 1_000 },
  ),
});
