import { join } from 'node:path';
import {
  busSettings,
  commonSettings,
  defineSettings,
  derived,
  lineName,
  optional,
  setting,
} from '@partyline/service';

/** Where the web client lies once it is built. */
const builtWebClient = join(import.meta.dirname, '../../../packages/web/dist');

const isWebSocketUrl = (text: string): boolean =>
  ['ws:', 'wss:'].includes(URL.parse(text)?.protocol ?? '');

/** What http-static can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  host: setting.string('PARTYLINE_HTTP_HOST', '*', 'the address on which pages are served'),
  port: setting.port('PARTYLINE_HTTP_PORT', 8080, 'its port, also of health and metrics'),
  name: lineName,
  webRoot: setting.string(
    'PARTYLINE_WEB_ROOT',
    derived(() => builtWebClient, '`packages/web/dist`'),
    'the folder of the built web client',
  ),
  wsUrl: {
    ...setting.string(
      'PARTYLINE_WS_URL',
      optional,
      'where pages find ws-gateway; else at PARTYLINE_WS_PORT of their own host',
    ),
    expected: 'a ws: or wss: URL',
    parse: (text) => (isWebSocketUrl(text) ? text : undefined),
  },
  wsPort: setting.port('PARTYLINE_WS_PORT', 7010, 'the port of WebSockets'),
});
