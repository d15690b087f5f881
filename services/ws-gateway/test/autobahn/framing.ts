import { limits } from '@partyline/protocol';
import { type Case, chopped, echo, ponged, refused } from './case.ts';
import { binary, type ClientFrame, close, ping, pong, text } from './client-frame.ts';

const hello = 'Hello, world!';
const bytes = Buffer.from([0x00, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0x00, 0xff]);

const lengths = [0, 125, 126, 127, 128, 65_535, 65_536, 65_536];

const ofLength = (length: number, frame: ClientFrame, answer: string) =>
  length > limits.frameBytes
    ? { sends: [frame], answers: [], failsWith: 1009 }
    : { sends: [frame], answers: [answer] };

/** 1: framing, of text and of binary messages. */
const framing: readonly Case[] = lengths.flatMap((length, index) => {
  const chop = index === 7 ? 997 : undefined;
  const cut = chop !== undefined && { chop };
  const stars = '*'.repeat(length);
  const octets = Buffer.alloc(length, 0xfe);
  const about = `${length} bytes${chop === undefined ? '' : ` in chops of ${chop}`}`;
  return [
    {
      ...{ id: `1.1.${index + 1}`, about: `text of ${about}`, ...cut },
      ...ofLength(length, text(stars), echo(stars)),
    },
    {
      ...{ id: `1.2.${index + 1}`, about: `binary of ${about}`, ...cut },
      ...ofLength(length, binary(octets), length === 0 ? echo('') : refused),
    },
  ];
});

const pings = Array.from({ length: 10 }, (_, index) => `payload-${index}`);
const octets125 = Buffer.alloc(125, 0xfe);

/** 2: pings and pongs. */
const pingsAndPongs: readonly Case[] = [
  { id: '2.1', about: 'a ping', sends: [ping()], answers: [ponged()] },
  { id: '2.2', about: 'a ping with text', sends: [ping(hello)], answers: [ponged(hello)] },
  { id: '2.3', about: 'a ping with bytes', sends: [ping(bytes)], answers: [ponged(bytes)] },
  {
    ...{ id: '2.4', about: 'a ping of 125 bytes' },
    ...{ sends: [ping(octets125)], answers: [ponged(octets125)] },
  },
  {
    ...{ id: '2.5', about: 'a ping of 126 bytes' },
    ...{ sends: [ping(Buffer.alloc(126, 0xfe))], answers: [], failsWith: 1002 },
  },
  {
    ...{ id: '2.6', about: 'a ping of 125 bytes, one by one', chop: 1 },
    ...{ sends: [ping(octets125)], answers: [ponged(octets125)] },
  },
  { id: '2.7', about: 'a pong that nobody asked for', sends: [pong()], answers: [] },
  { id: '2.8', about: 'the same with text', sends: [pong('unsolicited')], answers: [] },
  {
    ...{ id: '2.9', about: 'the same, then a ping' },
    ...{ sends: [pong('unsolicited'), ping('ping payload')], answers: [ponged('ping payload')] },
  },
  ...chopped(
    [{ about: 'ten pings', sends: pings.map((it) => ping(it)), answers: pings.map(ponged) }],
    [['2.10'], ['2.11', 1]],
  ),
];

/** A message, something wrong, and a ping that is not answered. */
const failsAfterEcho = (
  id: string,
  about: string,
  wrong: ClientFrame,
  chop?: Case['chop'],
): Case => ({
  ...{ id, about, sends: [text(hello), wrong, ping()], answers: [echo(hello)], failsWith: 1002 },
  ...(chop !== undefined && { chop }),
});

const failsAtOnce = (id: string, about: string, wrong: ClientFrame): Case => ({
  ...{ id, about, sends: [wrong], answers: [], failsWith: 1002 },
});

const withRsv = (frame: ClientFrame, rsv: number): ClientFrame => ({ ...frame, rsv });

/** 3: reserved bits. */
const reservedBits: readonly Case[] = [
  failsAtOnce('3.1', 'text with RSV 1', withRsv(text(hello), 1)),
  failsAfterEcho('3.2', 'text, then RSV 2', withRsv(text(hello), 2)),
  failsAfterEcho('3.3', 'text, then RSV 3, by frames', withRsv(text(hello), 3), 'frame'),
  failsAfterEcho('3.4', 'text, then RSV 4, byte by byte', withRsv(text(hello), 4), 1),
  failsAtOnce('3.5', 'binary with RSV 5', withRsv(binary(bytes), 5)),
  failsAtOnce('3.6', 'ping with RSV 6', withRsv(ping(hello), 6)),
  failsAtOnce('3.7', 'close with RSV 7', withRsv(close(1000), 7)),
];

const of = (opcode: number, payload = ''): ClientFrame => ({ opcode, payload });

/** 4: reserved opcodes, of data and of control frames. */
const opcodes: readonly Case[] = [
  failsAtOnce('4.1.1', 'opcode 3', of(3)),
  failsAtOnce('4.1.2', 'opcode 4 with payload', of(4, 'reserved opcode payload')),
  failsAfterEcho('4.1.3', 'text, then opcode 5', of(5)),
  failsAfterEcho('4.1.4', 'text, then opcode 6 with payload', of(6, hello)),
  failsAfterEcho('4.1.5', 'text, then opcode 7 with payload, byte by byte', of(7, hello), 1),
  failsAtOnce('4.2.1', 'opcode 11', of(11)),
  failsAtOnce('4.2.2', 'opcode 12 with payload', of(12, 'reserved opcode payload')),
  failsAfterEcho('4.2.3', 'text, then opcode 13', of(13)),
  failsAfterEcho('4.2.4', 'text, then opcode 14 with payload', of(14, hello)),
  failsAfterEcho('4.2.5', 'text, then opcode 15 with payload, byte by byte', of(15, hello), 1),
];

/** Groups 1 to 4. */
export const framingCases = [...framing, ...pingsAndPongs, ...reservedBits, ...opcodes];
