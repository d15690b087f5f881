import { isIP } from 'node:net';
import { LAN_GROUPS, LAN_PORT } from '@partyline/lan';
import { isProblem, roomName } from '@partyline/protocol';
import {
  busSettings,
  checked,
  commonSettings,
  defineSettings,
  lineName,
  opsSettings,
  optional,
  setting,
} from '@partyline/service';

const isGroup = (address: string): boolean =>
  isIP(address) === 4
    ? /^(22[4-9]|23\d)\./.test(address)
    : isIP(address) === 6 && /^ff/i.test(address);

/** What udp-discovery can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...opsSettings,
  name: lineName,
  port: setting.port('PARTYLINE_UDP_PORT', LAN_PORT, 'the UDP port, on IPv4 and IPv6'),
  opsPort: setting.port('PARTYLINE_UDP_OPS_PORT', 7029, 'health and metrics of udp-discovery'),
  reach: setting.choice(
    'PARTYLINE_UDP_REACH',
    ['on-link', 'nearby', 'anywhere'],
    'on-link',
    'from how far datagrams are taken: networks that this machine is in, all private ones, or anywhere',
  ),
  answersBurst: setting.integer(
    'PARTYLINE_UDP_ANSWERS_BURST',
    20,
    'answers that one source gets at once',
    { least: 1 },
  ),
  answersPerSecond: setting.integer(
    'PARTYLINE_UDP_ANSWERS_PER_SECOND',
    5,
    'answers that one source gets for long',
    { least: 1 },
  ),
  answerBytesPerSecond: setting.bytes(
    'PARTYLINE_UDP_ANSWER_BYTES_PER_SECOND',
    1_048_576,
    'what all answers together may come to',
    { least: 65_536 },
  ),
  silenceMs: setting.durationMs(
    'PARTYLINE_UDP_SILENCE_MS',
    60_000,
    'a sender of chat datagrams that was silent for so long is over',
    { least: 1_000 },
  ),
  maxSenders: setting.integer(
    'PARTYLINE_UDP_MAX_SENDERS',
    1_000,
    'senders of chat datagrams online at once; 0 takes no chat by datagram',
  ),
  announceMs: setting.durationMs(
    'PARTYLINE_UDP_ANNOUNCE_MS',
    2_000,
    'how often it is announced where the server is; 0 is never',
  ),
  broadcasts: setting.choice(
    'PARTYLINE_UDP_BROADCAST',
    ['on', 'off'],
    'on',
    'whether announcements are broadcast, too, not only sent to groups',
  ),
  groups: checked(
    setting.list(
      'PARTYLINE_UDP_GROUPS',
      LAN_GROUPS,
      'the multicast groups of announcements and feeds, of both families',
    ),
    'multicast addresses, of IPv4 or IPv6',
    (groups: readonly string[]) => groups.every(isGroup),
  ),
  ttl: setting.integer('PARTYLINE_UDP_TTL', 1, 'how far multicast goes: 1 is to no other network', {
    least: 0,
    most: 255,
  }),
  loopback: setting.choice(
    'PARTYLINE_UDP_LOOPBACK',
    ['on', 'off'],
    'on',
    'whether programs on this machine hear its multicast',
  ),
  feed: checked(
    setting.list(
      'PARTYLINE_UDP_FEED',
      [],
      'rooms whose events are sent to the groups, for everybody on the LAN to read',
    ),
    'names of rooms',
    (rooms: readonly string[]) => rooms.every((room) => !isProblem(roomName(room))),
  ),
  key: setting.secret(
    'PARTYLINE_UDP_KEY',
    optional,
    'a key that seals announcements and feeds; who has it believes nobody else',
  ),
  mdns: setting.choice(
    'PARTYLINE_UDP_MDNS',
    ['on', 'off'],
    'on',
    'whether the server is listed by mDNS and DNS-SD',
  ),
});
