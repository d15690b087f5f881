import { isProblem, isWatchedName, limits, roomName } from '@partyline/protocol';
import {
  busToken,
  checked,
  commonSettings,
  dataFolder,
  defineSettings,
  optional,
  required,
  setting,
} from '@partyline/service';
import { readHttpAddress } from './bus/listen.ts';
import { isNetwork } from './hooks/outgoing/destination.ts';
import { roomCreations } from './line/rules.ts';

/** Where everything is kept. */
export const storeSettings = defineSettings({
  data: dataFolder,
  database: checked(
    setting.secret(
      'PARTYLINE_DATABASE',
      optional,
      'the Postgres that keeps everything, beside which there may be several chat-cores; else SQLite in the data folder',
    ),
    '`postgres://USER:PASSWORD@HOST:5432/NAME`',
    (url) => /^postgres(ql)?:/.test(url) && URL.canParse(url) && URL.parse(url)?.host !== '',
  ),
});

/** What chat-core can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...storeSettings,
  busListen: setting.string(
    'PARTYLINE_BUS_LISTEN',
    optional,
    'where the bus is served, `unix:PATH` or `http://HOST:7301`; else `bus.sock` in the data folder',
  ),
  busToken,
  adminHost: setting.string(
    'PARTYLINE_ADMIN_HOST',
    '127.0.0.1',
    'the address on which the admin API is served; `*` is every address',
  ),
  adminPort: setting.port('PARTYLINE_ADMIN_PORT', 7300, 'the port of the admin API'),
  adminToken: setting.secret(
    'PARTYLINE_ADMIN_TOKEN',
    required,
    'the bearer token of the admin API',
  ),
  adminBurst: setting.integer(
    'PARTYLINE_ADMIN_BURST',
    500,
    'requests of the admin API that one token may ask at once',
    { least: 1 },
  ),
  adminPerSecond: setting.integer(
    'PARTYLINE_ADMIN_PER_SECOND',
    100,
    'requests of the admin API that one token may ask for long; 0 is no limit',
  ),
  adminStreams: setting.integer(
    'PARTYLINE_ADMIN_STREAMS',
    32,
    'streams of lines (`?watch=1`) that the admin API serves at once',
  ),
  webhookListen: checked(
    setting.string(
      'PARTYLINE_WEBHOOK_LISTEN',
      optional,
      'where webhooks take what is to be said, `http://HOST:7302`; nowhere when it is not set',
    ),
    'http://HOST:PORT',
    (text) => readHttpAddress(text) !== undefined,
  ),
  webhookUrl: checked(
    setting.string(
      'PARTYLINE_WEBHOOK_URL',
      optional,
      'the URL at which others reach that listener, as made webhooks tell it; else where it listens',
    ),
    'a URL like https://chat.example.org',
    (text) => /^https?:/.test(text) && URL.canParse(text),
  ),
  webhookNetworks: checked(
    setting.list(
      'PARTYLINE_WEBHOOK_NETWORKS',
      [],
      'private networks that outgoing webhooks may call, as addresses or ranges like `10.0.0.0/8`',
    ),
    'addresses or ranges like 10.0.0.0/8',
    (them) => them.every(isNetwork),
  ),
  webhookGiveUpMs: setting.durationMs(
    'PARTYLINE_WEBHOOK_GIVE_UP_MS',
    259_200_000,
    'an outgoing webhook that nothing reached for so long is called no more',
  ),
  leaseMs: setting.durationMs(
    'PARTYLINE_LEASE_MS',
    15_000,
    'an instance that was not heard of for so long is over, and its sessions with it',
    { least: 1_000 },
  ),
  graceMs: setting.durationMs(
    'PARTYLINE_GRACE_MS',
    10_000,
    'a client whose connection vanished has so long to resume, before others see it leave',
  ),
  resumeMs: setting.durationMs(
    'PARTYLINE_RESUME_MS',
    86_400_000,
    'a session that ended without a goodbye can be resumed for so long',
  ),
  watched: checked(
    setting.list(
      'PARTYLINE_DNS_WATCH',
      [],
      'names that are watched, such as those of the services: `PARTYLINE_DNS_WATCH_ROOM` is told when one resolves to something else',
    ),
    'names like tcp-gateway in small ASCII letters, or addresses',
    (them) => them.every(isWatchedName),
  ),
  watchRoom: checked(
    setting.string('PARTYLINE_DNS_WATCH_ROOM', 'ops', 'the room that is told of them'),
    'the name of a room, like ops',
    (text) => !isProblem(roomName(text)),
  ),
  watchMs: setting.durationMs(
    'PARTYLINE_DNS_WATCH_MS',
    30_000,
    'how often a watched name is looked up, unless who watches it says otherwise',
    { least: limits.watchLeastMs, most: limits.watchMostMs },
  ),
  keepDays: setting.integer(
    'PARTYLINE_KEEP_DAYS',
    0,
    'how many days what is said in rooms is kept at most, whatever a room is set to; 0 is for ever',
  ),
  keepPrivateDays: setting.integer(
    'PARTYLINE_KEEP_PRIVATE_DAYS',
    0,
    'the same of what is said privately',
  ),
  keepAuditDays: setting.integer(
    'PARTYLINE_KEEP_AUDIT_DAYS',
    0,
    'how many days the audit log is kept; 0 is for ever',
  ),
  backupHours: setting.integer(
    'PARTYLINE_BACKUP_HOURS',
    0,
    'a backup of SQLite is made in the data folder every so many hours; 0 is never',
  ),
  backupKeep: setting.integer(
    'PARTYLINE_BACKUP_KEEP',
    7,
    'how many backups that were made so are kept',
    { least: 1 },
  ),
  roomCreation: setting.choice(
    'PARTYLINE_ROOM_CREATION',
    roomCreations,
    'everyone',
    'who may make a room by joining it',
  ),
});
