import {
  busSettings,
  commonSettings,
  defineSettings,
  lineName,
  opsSettings,
  setting,
} from '@partyline/service';

/** What udp-discovery can be told. */
export const settings = defineSettings({
  ...commonSettings,
  ...busSettings,
  ...opsSettings,
  name: lineName,
  port: setting.port('PARTYLINE_UDP_PORT', 7020, 'the UDP port, on IPv4 and IPv6'),
  opsPort: setting.port('PARTYLINE_UDP_OPS_PORT', 7029, 'health and metrics of udp-discovery'),
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
    65_536,
    'what all answers together may come to',
    { least: 2_048 },
  ),
});
