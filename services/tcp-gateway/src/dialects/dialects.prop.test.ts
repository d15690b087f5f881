import { fc, test } from '@fast-check/vitest';
import type { Interpreter } from '@partyline/gateway';
import { describe, expect } from 'vitest';
import type { FrameSink } from '../framing/framer.ts';
import { dialects } from './index.ts';

const you = { nick: 'ann', session: 's' };

/** What a client's bytes come to, as these packets, from its first byte to its end. */
const heard = (name: keyof typeof dialects, packets: readonly Buffer[]): readonly string[] => {
  const { dialect, framer } = dialects[name]('en');
  const interpreter: Interpreter = dialect.interpreter();
  const found: string[] = [];
  const sink: FrameSink = {
    frame: (text) => found.push(JSON.stringify(interpreter.read(text, you) ?? 'nothing')),
    fault: (problem) => found.push(JSON.stringify(problem)),
    reply: () => {},
  };
  const framing = framer();
  for (const packet of packets) framing.push(packet, sink);
  framing.end(sink);
  return found;
};

const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const cuts = [0, ...places.map((it) => it % (bytes.length + 1)), bytes.length];
  cuts.sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? 0;
    // As the socket gives it: bytes that are overwritten afterwards would be seen.
    return end > start ? [Buffer.from(bytes.subarray(start, end))] : [];
  });
};

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((it) => Buffer.from(it)),
  fc.string({ unit: 'binary', maxLength: 20 }).map((it) => Buffer.from(it)),
  fc
    .constantFrom(
      ...[
        '\n',
        '\r\n',
        '\r\0',
        '\0',
        'ann',
        '/help',
        'c:bob:hi',
        'close',
        '{"type":"ping"}',
        '{"type":',
      ],
      ...['NICK x', 'PRIVMSG #a :b', '@a=b;c ', ':', ' '],
    )
    .map((it) => Buffer.from(it)),
  fc
    .constantFrom(
      [255],
      [255, 255],
      [255, 253, 1],
      [255, 251, 31],
      [255, 250, 24, 1],
      [255, 240],
      [0xe4, 0xbd],
      [0xa0],
    )
    .map((it) => Buffer.from(it)),
);

describe.each(Object.keys(dialects) as (keyof typeof dialects)[])(
  'the bytes of a %s client',
  (name) => {
    test.prop([fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 30 })])(
      'come to the same, whatever they are and however they are cut into packets',
      (pieces, places) => {
        const bytes = Buffer.concat(pieces);
        const whole = heard(name, [bytes]);
        expect(heard(name, cut(bytes, places))).toEqual(whole);
        const one = Array.from(bytes, (byte) => Buffer.from([byte]));
        expect(heard(name, one)).toEqual(whole);
      },
    );
  },
);
