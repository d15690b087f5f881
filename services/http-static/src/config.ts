import { join } from 'node:path';
import {
  affordableConnections,
  busSettings,
  checked,
  commonSettings,
  dataFolder,
  defineSettings,
  derived,
  gatewaySettings,
  lineName,
  optional,
  proxyList,
  setting,
  tlsSettings,
  wsListeners,
} from '@partyline/service';

/** Where the web client lies once it is built. */
const builtWebClient = join(import.meta.dirname, '../../../packages/web/dist');

/** What http-static can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...gatewaySettings,
  ...tlsSettings,
  host: setting.string('PARTYLINE_HTTP_HOST', '*', 'the address on which pages are served'),
  port: setting.port('PARTYLINE_HTTP_PORT', 8080, 'its port, also of health and metrics'),
  httpsPort: setting.port(
    'PARTYLINE_HTTPS_PORT',
    optional,
    'the port of HTTPS, HTTP/2 and HTTP/1.1; without one there is none',
  ),
  redirect: setting.choice(
    'PARTYLINE_HTTP_REDIRECT',
    ['no', 'yes'],
    'no',
    'whether who comes by HTTP is sent to HTTPS, when there is a port of it',
  ),
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
      'where pages find ws-gateway: a URL, or a path of their own site such as `/ws`; else at the ports of PARTYLINE_WS_LISTENERS on their own host',
    ),
    'a ws: or wss: URL, or a path that begins with /',
    (text) => /^\/(?!\/)/.test(text) || ['ws:', 'wss:'].includes(URL.parse(text)?.protocol ?? ''),
  ),
  wsListeners,
  maxStreams: setting.integer(
    'PARTYLINE_HTTP_MAX_STREAMS',
    affordableConnections,
    'rooms that are streamed at once',
    { least: 1 },
  ),
  data: dataFolder,
  siteUrl: checked(
    setting.string(
      'PARTYLINE_HTTP_URL',
      optional,
      'where the site is reached, for links to files; else as each request says',
    ),
    'an http: or https: URL without a path',
    (text) => /^https?:\/\/[^/]+$/.test(text) && URL.canParse(text),
  ),
  fileBytes: setting.bytes(
    'PARTYLINE_FILE_BYTES',
    2_147_483_648,
    'the largest file that can be shared',
  ),
  filesPlaceBytes: setting.bytes(
    'PARTYLINE_FILES_ADDRESS_BYTES',
    4_294_967_296,
    'what one address may have shared at once',
  ),
  filesBytes: setting.bytes(
    'PARTYLINE_FILES_BYTES',
    21_474_836_480,
    'what all shared files together may come to',
  ),
  fileTypes: checked(
    setting.list(
      'PARTYLINE_FILE_TYPES',
      [],
      'media types that can be shared, such as `image/*`; all when there are none',
    ),
    'media types such as image/* or text/plain',
    (types) => types.every((type) => /^[\w.+-]+\/(\*|[\w.+-]+)$/.test(type)),
  ),
  filesKeepDays: setting.integer(
    'PARTYLINE_FILES_KEEP_DAYS',
    30,
    'how long a shared file is kept; 0 is for ever',
    { most: 36_500 },
  ),
  trustedProxies: proxyList(
    'PARTYLINE_HTTP_TRUSTED_PROXIES',
    'proxies whose X-Forwarded-For tells the address of a client: addresses, ranges and host names',
  ),
});
