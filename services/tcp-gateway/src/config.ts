import {
  affordableConnections,
  busSettings,
  commonSettings,
  defineSettings,
  gatewaySettings,
  opsSettings,
  setting,
} from '@partyline/service';
import { listenerUrlForm, parseListenerUrl } from './listener-url.ts';

const listeners = setting.list(
  'PARTYLINE_TCP_LISTENERS',
  ['text+tcp://*:7001', 'json+tcp://*:7002'],
  'where clients come in, and what is spoken there',
);

/** What tcp-gateway can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...opsSettings,
  ...gatewaySettings,
  listeners: {
    ...listeners,
    expected: `URLs, separated by spaces: ${listenerUrlForm}`,
    parse: (text: string) => {
      const urls = listeners.parse(text) ?? [];
      const areFit = urls.length > 0 && urls.every((url) => parseListenerUrl(url) !== undefined);
      return areFit ? urls : undefined;
    },
  },
  opsPort: setting.port('PARTYLINE_TCP_OPS_PORT', 7009, 'the port of health and metrics'),
  maxConnections: setting.integer(
    'PARTYLINE_TCP_MAX_CONNECTIONS',
    affordableConnections,
    'connections open at once, over all listeners; more are told that the line is full',
    { least: 1 },
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
