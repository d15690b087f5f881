import { limits } from '@partyline/protocol';

/** A program's object with another message in it. */
const say = (message: string): string => JSON.stringify({ type: 'broadcast', message });
/** Bytes in the middle of an object that would be right without them. */
const around = (...bytes: readonly number[]): Buffer =>
  Buffer.concat([
    Buffer.from('{"type":"broadcast","message":"'),
    Buffer.from(bytes),
    Buffer.from('"}'),
  ]);
const rename = (nickname: string): string => JSON.stringify({ type: 'rename', nickname });
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const MB = 1_000_000;
const ACCENT = '\u0301';

/** What is sent, and what comes back: the code of a problem, or what others are shown. */
export type Case = {
  readonly what: string;
  readonly sent: string | Buffer;
} & ({ readonly code: string } | { readonly shown: string } | { readonly answer: object });

/** Of programs: one object a line. */
export const jsonCases: readonly Case[] = [
  { what: '10 MB in one line', sent: say('x'.repeat(10 * MB)), code: 'frame-too-long' },
  { what: 'arrays nested 32,000 deep', sent: '['.repeat(32_000), code: 'json-bad' },
  {
    what: 'objects nested 5,000 deep in a member that nobody asked for',
    sent: `{"type":"broadcast","message":"deep","x":${nested(5_000)}}`,
    shown: 'deep',
  },
  { what: 'a type nested 5,000 deep', sent: `{"type":${nested(5_000)}}`, code: 'type-unknown' },
  {
    what: 'a number beyond a double',
    sent: '{"type":"history","limit":1e400}',
    code: 'member-bad',
  },
  {
    what: 'a number of 400 digits',
    sent: `{"type":"delete","ref":${'9'.repeat(400)}}`,
    code: 'member-bad',
  },
  {
    what: 'a number that is not exact',
    sent: '{"type":"delete","ref":9007199254740993}',
    code: 'member-bad',
  },
  {
    what: 'a place far beyond the log',
    sent: '{"type":"history","before":1e300}',
    code: 'member-bad',
  },
  { what: 'a number below its least', sent: '{"type":"history","limit":-1}', code: 'member-bad' },
  { what: 'half a number', sent: '{"type":"history","limit":1.5}', code: 'member-bad' },
  {
    what: 'a member twice: the last counts',
    sent: '{"type":"broadcast","message":"a","message":"b"}',
    shown: 'b',
  },
  {
    what: 'the type twice: the last counts',
    sent: '{"type":"quit","type":"ping"}',
    answer: { type: 'pong' },
  },
  {
    what: '__proto__ as a member',
    sent: '{"type":"broadcast","message":"proto","__proto__":{"room":"secret"}}',
    shown: 'proto',
  },
  { what: 'members in __proto__', sent: '{"__proto__":{"type":"quit"}}', code: 'type-unknown' },
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((type) => ({
    ...{ what: `the type ${type}`, sent: JSON.stringify({ type }), code: 'type-unknown' },
  })),
  {
    what: 'a message that is no string',
    sent: '{"type":"broadcast","message":null}',
    code: 'member-bad',
  },
  { what: 'an array', sent: '[]', code: 'json-bad' },
  { what: 'a NUL', sent: '{"type":"ping"\0}', code: 'json-bad' },
  { what: 'overlong UTF-8', sent: around(0xc0, 0xaf), code: 'utf8-bad' },
  { what: 'a surrogate in UTF-8', sent: around(0xed, 0xa0, 0x80), code: 'utf8-bad' },
  { what: 'UTF-8 of five bytes', sent: around(0xf8, 0x88, 0x80, 0x80, 0x80), code: 'utf8-bad' },
  { what: 'UTF-8 that ends early', sent: around(0xe4, 0xb8), code: 'utf8-bad' },
  { what: 'a byte order mark', sent: '\ufeff{"type":"ping"}', code: 'json-bad' },
  {
    what: 'half a surrogate pair in a message',
    sent: '{"type":"broadcast","message":"a\\ud800b"}',
    shown: 'a\ufffdb',
  },
  {
    what: 'half a surrogate pair in a nickname',
    sent: '{"type":"rename","nickname":"a\\ud800"}',
    code: 'nick-bad',
  },
  {
    what: 'half a surrogate pair in a room',
    sent: '{"type":"join","room":"a\\udc00"}',
    code: 'room-bad',
  },
  {
    what: 'half a surrogate pair in an id',
    sent: '{"type":"broadcast","message":"m","id":"\\ud800"}',
    code: 'id-bad',
  },
  { what: 'a million combining marks', sent: say(`e${ACCENT.repeat(MB)}`), code: 'frame-too-long' },
  { what: 'ten thousand of them', sent: say(`e${ACCENT.repeat(10_000)}`), code: 'text-too-long' },
  {
    what: 'a thousand of them in a nickname',
    sent: rename(`e${ACCENT.repeat(1_000)}`),
    code: 'nick-too-long',
  },
  { what: 'control characters in a nickname', sent: rename('a\u0007b'), code: 'nick-bad' },
  { what: 'an override in a nickname', sent: rename('a\u202eb'), code: 'nick-bad' },
  { what: 'a text of white space', sent: say(' \n\t '), code: 'text-empty' },
  {
    what: 'a text over its limit',
    sent: say('x'.repeat(limits.textCodePoints + 1)),
    code: 'text-too-long',
  },
  {
    what: 'a nickname over its limit',
    sent: rename('n'.repeat(limits.nickCodePoints + 1)),
    code: 'nick-too-long',
  },
  {
    what: 'a room over its limit',
    sent: JSON.stringify({ type: 'join', room: 'r'.repeat(limits.roomCodePoints + 1) }),
    code: 'room-too-long',
  },
  {
    what: 'an id over its limit',
    sent: JSON.stringify({
      type: 'broadcast',
      message: 'm',
      id: 'i'.repeat(limits.idCodePoints + 1),
    }),
    code: 'id-bad',
  },
  {
    what: 'a word about being away over its limit',
    sent: JSON.stringify({ type: 'away', text: 'a'.repeat(limits.awayCodePoints + 1) }),
    code: 'text-too-long',
  },
  {
    what: 'a password over its limit',
    sent: JSON.stringify({ type: 'register', password: 'p'.repeat(limits.passwordCodePoints + 1) }),
    code: 'password-short',
  },
  {
    what: 'a search over its limit',
    sent: JSON.stringify({ type: 'search', query: 'a'.repeat(limits.searchCodePoints + 1) }),
    code: 'search-too-long',
  },
  {
    what: 'a search of too many words',
    sent: JSON.stringify({ type: 'search', query: 'a b c d e f g h i j k' }),
    code: 'search-too-many',
  },
  {
    what: 'a page over its limit',
    sent: JSON.stringify({ type: 'history', limit: limits.pageEvents + 1 }),
    code: 'member-bad',
  },
];

/** Of people: what they type, and the line that comes back, or what others are shown. */
export const textCases: readonly ({ readonly what: string; readonly sent: string | Buffer } & (
  | { readonly line: string }
  | { readonly shown: string }
))[] = [
  { what: '10 MB in one line', sent: 'x'.repeat(10 * MB), line: 'A line has at most 32768 bytes.' },
  {
    what: 'overlong UTF-8',
    sent: Buffer.from([0x61, 0xc0, 0xaf]),
    line: 'That was not valid UTF-8.',
  },
  {
    what: 'control characters, NUL and escapes',
    sent: 'a\u0001\u001b[2Jb\u009b31m\0c',
    shown: 'a[2Jb31mc',
  },
  { what: 'a byte order mark: kept, as it is a character', sent: '\ufeffhi', shown: '\ufeffhi' },
  {
    what: 'ten thousand combining marks',
    sent: `e${ACCENT.repeat(10_000)}`,
    line: 'A message has at most 8000 characters.',
  },
  {
    what: 'a text over its limit',
    sent: 'x'.repeat(8_001),
    line: 'A message has at most 8000 characters.',
  },
  {
    what: 'a nickname over its limit',
    sent: `/nick ${'n'.repeat(33)}`,
    line: 'A nickname has at most 32 characters.',
  },
  {
    what: 'an override in a nickname',
    sent: '/nick a\u202eb',
    line: 'A nickname is made of letters, digits and _ - . [ ] { } | ^ ` \\ without spaces.',
  },
  { what: 'a number beyond a double', sent: '/slow 1e400', line: 'Usage: /slow SECONDS' },
  { what: 'a number over its limit', sent: '/slow 99999999999', line: 'Usage: /slow SECONDS' },
  {
    what: 'a command named as a member of every object',
    sent: '/constructor',
    line: 'Unknown command. /help lists them.',
  },
  {
    what: 'a search of too many words',
    sent: '/search a b c d e f g h i j k',
    line: 'A search has at most 10 words.',
  },
];
