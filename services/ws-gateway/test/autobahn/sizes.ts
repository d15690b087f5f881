import { limits } from '@partyline/protocol';
import { type Case, echo } from './case.ts';
import { binary, type ClientFrame, fragments, text } from './client-frame.ts';

const KIB = 1_024;
const MIB = 1_024 * KIB;

const stars = (length: number): Buffer => Buffer.alloc(length, '*');

/** A message is echoed up to the limit; beyond it the connection ends. */
const outcome = (length: number) =>
  length > limits.frameBytes
    ? { answers: [], failsWith: 1009 }
    : { answers: [echo(stars(length))] };

const kinds = [
  { opcode: 1, what: 'text', message: text },
  { opcode: 2, what: 'binary', message: binary },
] as const;

/** The lengths of the suite, all over our limit, and the limit itself. */
const withLimit = (lengths: readonly number[]) => [
  ...lengths.map((length, index) => ({ length, number: `${index + 1}` })),
  { length: limits.frameBytes, number: 'at the limit' },
];

/** 9.1 and 9.2: large messages. */
const whole = kinds.flatMap(({ what, message }, kind) =>
  withLimit([64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB]).map(({ length, number }) => ({
    ...{ id: `9.${kind + 1}.${number}`, about: `${what} of ${length} bytes` },
    ...{ sends: [message(stars(length))], ...outcome(length) },
  })),
);

const fragmentSizes = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB];

/** 9.3 and 9.4: large messages in fragments. */
const fragmented = kinds.flatMap(({ what, opcode }, kind) =>
  fragmentSizes.flatMap((size, index) =>
    [4 * MIB, limits.frameBytes].map((length) => ({
      id: `9.${kind + 3}.${index + 1}${length === limits.frameBytes ? ' at the limit' : ''}`,
      about: `${what} of ${length} bytes in fragments of ${size}`,
      ...{ sends: fragments(opcode, stars(length), size), ...outcome(length) },
    })),
  ),
);

/** 9.5 and 9.6: large messages that come in small pieces. */
const inPieces = kinds.flatMap(({ what, message }, kind) =>
  [64, 128, 256, 512, KIB, 2 * KIB].flatMap((chop, index) =>
    [MIB, limits.frameBytes].map((length) => ({
      id: `9.${kind + 5}.${index + 1}${length === limits.frameBytes ? ' at the limit' : ''}`,
      about: `${what} of ${length} bytes in chops of ${chop}`,
      ...{ chop, sends: [message(stars(length))], ...outcome(length) },
    })),
  ),
);

const many = (frame: ClientFrame): readonly ClientFrame[] =>
  Array.from({ length: 1_000 }, () => frame);

/** 9.7 and 9.8: many messages. */
const manyMessages = kinds.flatMap(({ what, message }, kind) =>
  [0, 16, 64, 256, KIB, 4 * KIB].map((length, index) => ({
    ...{ id: `9.${kind + 7}.${index + 1}`, about: `1000 times ${what} of ${length} bytes` },
    ...{ chop: 'frame' as const, sends: many(message(stars(length))) },
    answers: many(message(stars(length))).map(() => echo(stars(length))),
  })),
);

/** 10: fragments as a sender makes them by itself. */
const autoFragmented: readonly Case[] = [64 * KIB, limits.frameBytes].map((length) => ({
  id: `10.1.1${length === limits.frameBytes ? ' at the limit' : ''}`,
  about: `text of ${length} bytes in fragments of 1300`,
  ...{ sends: fragments(1, stars(length), 1_300), ...outcome(length) },
}));

/** Groups 9 and 10. */
export const sizeCases: readonly Case[] = [
  ...whole,
  ...fragmented,
  ...inPieces,
  ...manyMessages,
  ...autoFragmented,
];
