import { type Case, echo } from './case.ts';
import { type ClientFrame, fragments, more, text } from './client-frame.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

const long = 'Hello-µ@ßöäüàá-UTF-8!!';
/** κόσμε, with a letter of three bytes. */
const kosme = bytes('ceba e1bdb9 cf83 cebc ceb5');
const edited = Buffer.from('edited');
const surrogate = Buffer.concat([kosme, bytes('eda080'), edited]);
const tooHigh = Buffer.concat([kosme, bytes('f4908080'), edited]);

const wrong = { answers: [], failsWith: 1007 } as const;

const inParts = (payload: Buffer, ...ends: readonly number[]): readonly ClientFrame[] =>
  [...ends, payload.length].map((end, index) => {
    const part = payload.subarray(ends[index - 1] ?? 0, end);
    const isLast = index === ends.length;
    return index === 0 ? text(part, isLast) : more(part, isLast);
  });

/** 6.1 to 6.4: empty messages, fragments between code points and within them, invalid ones. */
const messages: readonly Case[] = [
  { id: '6.1.1', about: 'text of no bytes', sends: [text('')], answers: [echo('')] },
  {
    ...{ id: '6.1.2', about: 'text in three fragments of no bytes' },
    ...{ sends: [text('', false), more('', false), more('', true)], answers: [echo('')] },
  },
  {
    ...{ id: '6.1.3', about: 'text in three fragments, first and last of no bytes' },
    sends: [text('', false), more('middle frame payload', false), more('', true)],
    answers: [echo('middle frame payload')],
  },
  { id: '6.2.1', about: 'valid text', sends: [text(long)], answers: [echo(long)] },
  {
    ...{ id: '6.2.2', about: 'valid text, cut between code points' },
    ...{ sends: [text('Hello-µ@ßöä', false), more('üàá-UTF-8!!', true)], answers: [echo(long)] },
  },
  {
    ...{ id: '6.2.3', about: 'valid text in fragments of one byte' },
    ...{ sends: fragments(1, Buffer.from(long), 1), answers: [echo(long)] },
  },
  {
    ...{ id: '6.2.4', about: 'valid text in fragments of one byte' },
    ...{ sends: fragments(1, kosme, 1), answers: [echo(kosme)] },
  },
  { id: '6.3.1', about: 'invalid text', sends: [text(surrogate)], ...wrong },
  {
    ...{ id: '6.3.2', about: 'invalid text in fragments of one byte' },
    ...{ sends: fragments(1, surrogate, 1), ...wrong },
  },
  // The suite would rather have 6.4 fail at the first wrong byte; at the message's end is right too.
  {
    ...{ id: '6.4.1', about: 'text whose second fragment is invalid', chop: 'frame' },
    ...{ sends: inParts(tooHigh, 11, 15), ...wrong },
  },
  {
    ...{ id: '6.4.2', about: 'text that the first byte of its second fragment makes invalid' },
    ...{ chop: 'frame', sends: inParts(tooHigh, 12, 13), ...wrong },
  },
  {
    ...{ id: '6.4.3', about: 'text whose second part of a frame is invalid', chop: 11 },
    ...{ sends: [text(tooHigh)], ...wrong },
  },
  {
    ...{ id: '6.4.4', about: 'the same, byte by byte', chop: 1 },
    ...{ sends: [text(tooHigh)], ...wrong },
  },
];

const range = (first: number, last: number, after = ''): string =>
  Array.from({ length: last - first }, (_, index) => (first + index).toString(16) + after).join('');

const incomplete = [
  ...['c0', 'e080', 'f08080', 'f8808080', 'fc80808080'],
  ...['df', 'efbf', 'f7bfbf', 'fbbfbfbf', 'fdbfbfbfbf'],
];

/** Code points that are no characters, and valid all the same. */
const nonCharacters = ['efbfbe', 'efbfbf'].concat(
  ['f0', 'f1', 'f2', 'f3', 'f4'].flatMap((lead) =>
    ['8f', '9f', 'af', 'bf']
      .filter((it) => (lead === 'f0' ? it !== '8f' : lead !== 'f4' || it === '8f'))
      .flatMap((it) => [`${lead}${it}bfbe`, `${lead}${it}bfbf`]),
  ),
);

type Sequences = readonly [about: string, valid: readonly string[], invalid?: readonly string[]];

/** 6.5 to 6.23, of https://www.cl.cam.ac.uk/~mgk25/ucs/examples/UTF-8-test.txt; valid ones first, as the suite numbers them. */
const sequences: readonly Sequences[] = [
  [
    'valid sequences',
    [
      ...['24', 'c2a2', 'e282ac', 'f0a4ada2'].map((it) => `68656c6c6f${it}776f726c64`),
      kosme.toString('hex'),
    ],
  ],
  // 6.6, the prefixes, stands apart.
  ['', []],
  ['the first sequence of a length', ['00', 'c280', 'e0a080', 'f0908080']],
  ['the first of five and six bytes', [], ['f888808080', 'fc8480808080']],
  ['the last sequence of a length', ['7f', 'dfbf', 'efbfbf', 'f48fbfbf']],
  ['the last of four to six bytes', [], ['f7bfbfbf', 'fbbfbfbfbf', 'fdbfbfbfbfbf']],
  ['other boundaries', ['ed9fbf', 'ee8080', 'efbfbd', 'f48fbfbf'], ['f4908080']],
  [
    'continuation bytes that continue nothing',
    [],
    [
      ...['80', 'bf', '80bf', '80bf80', '80bf80bf', '80bf80bf80', '80bf80bf80bf'],
      range(0x80, 0xbf),
    ],
  ],
  [
    'lonely first bytes',
    [],
    [
      ...[range(0xc0, 0xdf, '20'), range(0xe0, 0xef, '20'), range(0xf0, 0xf7, '20')],
      ...[range(0xf8, 0xfb, '20'), range(0xfc, 0xfd, '20')],
    ],
  ],
  ['the last byte missing', [], incomplete],
  ['incomplete sequences one after another', [], [incomplete.join('')]],
  ['impossible bytes', [], ['fe', 'ff', 'fefeffff']],
  ['a slash, too long', [], ['c0af', 'e080af', 'f08080af', 'f8808080af', 'fc80808080af']],
  ['the longest too long', [], ['c1bf', 'e09fbf', 'f08fbfbf', 'f887bfbfbf', 'fc83bfbfbfbf']],
  ['NUL, too long', [], ['c080', 'e08080', 'f0808080', 'f880808080', 'fc8080808080']],
  ['single surrogates', [], ['eda080', 'edadbf', 'edae80', 'edafbf', 'edb080', 'edbe80', 'edbfbf']],
  [
    'paired surrogates',
    [],
    ['eda080', 'edadbf', 'edae80', 'edafbf'].flatMap((it) => [`${it}edb080`, `${it}edbfbf`]),
  ],
  ['code points that are no characters', nonCharacters],
  ['specials', ['efbfb9', 'efbfba', 'efbfbb', 'efbfbc', 'efbfbd', 'efbfbe', 'efbfbf']],
];

const messageOf = (id: string, about: string, payload: Buffer, isValid: boolean): Case => ({
  ...{ id, about: `${about}: ${payload.toString('hex')}`, sends: [text(payload)] },
  ...(isValid ? { answers: [echo(payload)] } : wrong),
});

/** 6.6: all prefixes of a text; those are valid that end with a code point. */
const prefixes: readonly Case[] = Array.from({ length: kosme.length }, (_, index) =>
  messageOf(
    `6.6.${index + 1}`,
    'a prefix of valid text',
    kosme.subarray(0, index + 1),
    [2, 5, 7, 9, 11].includes(index + 1),
  ),
);

/** 6: UTF-8. */
export const utf8Cases: readonly Case[] = [
  ...messages,
  ...prefixes,
  ...sequences.flatMap(([about, valid, invalid = []], group) =>
    [...valid, ...invalid].map((hex, index) =>
      messageOf(`6.${group + 5}.${index + 1}`, about, bytes(hex), index < valid.length),
    ),
  ),
];
