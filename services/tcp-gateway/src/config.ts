import {
  acceptSettings,
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
  ...acceptSettings('PARTYLINE_TCP', "a TLS handshake, or a proxy's header,"),
  data: dataFolder,
  listeners: checked(
    listeners,
    `URLs, separated by spaces: ${listenerUrlForm}`,
    (urls) => urls.length > 0 && urls.every((url) => parseListenerUrl(url) !== undefined),
  ),
  opsPort: setting.port('PARTYLINE_TCP_OPS_PORT', 7009, 'the port of health and metrics'),
});
