import { join } from 'node:path';
import {
  busSettings,
  checked,
  commonSettings,
  defineSettings,
  derived,
  lineName,
  optional,
  setting,
} from '@partyline/service';

/** Where the web client lies once it is built. */
const builtWebClient = join(import.meta.dirname, '../../../packages/web/dist');

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
  wsUrl: checked(
    setting.string(
      'PARTYLINE_WS_URL',
      optional,
      'where pages find ws-gateway; else at PARTYLINE_WS_PORT of their own host',
    ),
    'a ws: or wss: URL',
    (text) => ['ws:', 'wss:'].includes(URL.parse(text)?.protocol ?? ''),
  ),
  wsPort: setting.port('PARTYLINE_WS_PORT', 7010, 'the port of WebSockets'),
});
