import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { TelnetFilter } from './telnet.ts';

const IAC = 255;

/** Something that a telnet client sends, what is left of it, and what it is answered. */
type Piece = Readonly<Record<'sent' | 'text' | 'replies', readonly number[]>>;

const byte = fc.integer({ min: 0, max: 255 });
/** Bytes that mean only themselves, in data and in a subnegotiation alike. */
const plain = byte.filter((it) => it !== IAC && it !== 0 && it !== 0x0d);

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc
    .array(plain, { minLength: 1, maxLength: 8 })
    .map((it) => ({ sent: it, text: it, replies: [] })),
  fc.constant({ sent: [0x0d, 0], text: [0x0d, 0x0a], replies: [] }),
  fc.constant({ sent: [0x0d, 0x0a], text: [0x0d, 0x0a], replies: [] }),
  fc.constant({ sent: [0x61, 0], text: [0x61], replies: [] }),
  fc.constant({ sent: [IAC, IAC], text: [IAC], replies: [] }),
  byte.map((option) => ({ sent: [IAC, 253, option], text: [], replies: [IAC, 252, option] })),
  byte.map((option) => ({ sent: [IAC, 251, option], text: [], replies: [IAC, 254, option] })),
  fc
    .tuple(fc.constantFrom(252, 254), byte)
    .map(([verb, option]) => ({ sent: [IAC, verb, option], text: [], replies: [] })),
  fc.integer({ min: 241, max: 249 }).map((it) => ({ sent: [IAC, it], text: [], replies: [] })),
  fc
    .array(
      fc.oneof(
        plain.map((it) => [it]),
        fc.constant([IAC, IAC]),
      ),
      { maxLength: 6 },
    )
    .map((inside) => ({
      sent: [IAC, 250, ...inside.flat(), IAC, 240],
      text: [],
      replies: [],
    })),
);

/** Cuts bytes into packets at the places given. */
const cut = (bytes: readonly number[], cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((it) => it % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => Buffer.from(bytes.slice(places[index], end)));
};

test.prop([fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 20 })])(
  'text comes through and options are refused, however the bytes are cut into packets',
  (pieces, cuts) => {
    const filter = new TelnetFilter();
    const replies: number[] = [];
    const text = cut(
      pieces.flatMap((it) => it.sent),
      cuts,
    )
      .filter((packet) => packet.length > 0)
      .flatMap((packet) => [...filter.push(packet, (it) => replies.push(...it))]);
    expect(text).toEqual(pieces.flatMap((it) => it.text));
    expect(replies).toEqual(pieces.flatMap((it) => it.replies));
  },
);

test.prop([fc.array(fc.uint8Array({ minLength: 1, maxLength: 32 }), { maxLength: 20 })])(
  'no bytes at all make it fail, grow, or answer with more than it got',
  (packets) => {
    const filter = new TelnetFilter();
    for (const packet of packets) {
      let replied = 0;
      const text = filter.push(Buffer.from(packet), (it) => {
        replied += it.length;
      });
      expect(text.length).toBeLessThanOrEqual(packet.length);
      expect(replied).toBeLessThanOrEqual(packet.length + 2);
      expect(text.includes(0)).toBe(false);
    }
  },
);
