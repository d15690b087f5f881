import { hostname } from 'node:os';
import { busAddresses, locales } from '@partyline/protocol';
import { checked, derived, optional, required, setting } from './setting.ts';
import { defineSettings } from './settings.ts';
import { tracingSettings } from './tracing/settings.ts';

/** What every service can be told. */
export const commonSettings = defineSettings({
  locale: setting.choice('PARTYLINE_LOCALE', locales, 'en', 'the language of server texts'),
  logLevel: setting.choice(
    'PARTYLINE_LOG_LEVEL',
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    'info',
    'the least level that is logged',
  ),
  instance: checked(
    setting.string(
      'PARTYLINE_INSTANCE',
      optional,
      'the id of one process; else its kind and a random number, anew at each start',
    ),
    '1 to 32 of the characters A-Z a-z 0-9 _ -',
    (id) => /^[\w-]{1,32}$/.test(id),
  ),
  ...tracingSettings,
});

/** The secret that chat-core and its instances share. */
export const busToken = setting.secret(
  'PARTYLINE_BUS_TOKEN',
  required,
  'the bearer token of the bus, the same for chat-core and every service',
);

/** Where this machine keeps what outlives a process. */
export const dataFolder = setting.string(
  'PARTYLINE_DATA',
  'data',
  'the folder of what is kept: database, certificate, Unix sockets',
);

/** The name of the whole, for the services that tell people. */
export const lineName = setting.string(
  'PARTYLINE_NAME',
  'Partyline',
  'the name of the service, as people see it',
);

/** What an address of the bus is. */
export const busAddress = '`unix:PATH` or `http://HOST:PORT`';

const isOneAddress = (text: string): boolean =>
  /^unix:.+$/.test(text) || (/^https?:\/\/[^/]+:\d+$/.test(text) && URL.canParse(text));

/** Whether a text is an address of the bus, or several. */
export const isBusAddress = (text: string): boolean => busAddresses(text).every(isOneAddress);

/** What every service that is on the bus can be told; chat-core, which serves it, is told otherwise. */
export const busSettings = defineSettings({
  bus: checked(
    setting.string(
      'PARTYLINE_BUS',
      'unix:data/bus.sock',
      `where chat-core serves the bus, ${busAddress}; of several chat-cores all, with commas between`,
    ),
    busAddress,
    isBusAddress,
  ),
  busToken,
  publicHost: setting.string(
    'PARTYLINE_PUBLIC_HOST',
    derived(hostname, "the machine's host name"),
    'the host name by which clients reach this machine',
  ),
});

/** Where services without an HTTP port of their own serve health and metrics. */
export const opsSettings = defineSettings({
  opsHost: setting.string(
    'PARTYLINE_OPS_HOST',
    '127.0.0.1',
    'the address on which health and metrics are served',
  ),
});

/** What every gateway can be told. */
export const gatewaySettings = defineSettings({
  highWaterBytes: setting.bytes(
    'PARTYLINE_HIGH_WATER_BYTES',
    1_048_576,
    'what may wait in memory for one reader, before it is served from the log',
    { least: 65_536 },
  ),
  stallMs: setting.durationMs(
    'PARTYLINE_STALL_MS',
    120_000,
    'a reader that took nothing for so long, though something waits for it, is closed',
    { least: 1_000 },
  ),
  loginMs: setting.durationMs('PARTYLINE_LOGIN_MS', 60_000, 'time to log in; 0 is no limit'),
  idleMs: setting.durationMs(
    'PARTYLINE_IDLE_MS',
    0,
    'a client that sent nothing for so long is closed; 0 is no limit',
  ),
  floodBurst: setting.integer(
    'PARTYLINE_FLOOD_BURST',
    200,
    'requests that one client may send at once',
    { least: 1 },
  ),
  floodPerSecond: setting.integer(
    'PARTYLINE_FLOOD_PER_SECOND',
    50,
    'requests that one client may send for long; 0 is no limit',
  ),
});
