import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { MarkCounter, PAYLOAD_BYTES, payload, Reader } from './payload.ts';

/** The same bytes in pieces, each overwritten after it was taken. */
const inPieces = (bytes: Buffer, sizes: readonly number[], take: (piece: Buffer) => void): void => {
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const piece = Buffer.from(bytes.subarray(at, at + (sizes[n % sizes.length] ?? 1)));
    at += piece.length;
    take(piece);
    piece.fill('@');
  }
};

const pieces = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 });
const frame = fc.string({ maxLength: 20 }).filter((it) => !it.includes('@@b'));

test.prop([fc.integer({ min: 0, max: 999_999_000 }), fc.array(frame, { maxLength: 30 }), pieces])(
  'a reader finds every message however the bytes come',
  (first, frames, sizes) => {
    const text = frames.map((it, n) => `${it}${payload(first + n, 1_000 + n)}`).join('');
    const sent: number[] = [];
    const reader = new Reader(first, (sentUs) => sent.push(sentUs));
    inPieces(Buffer.from(text), sizes, (piece) => reader.take(piece));
    expect(sent).toEqual(frames.map((_, n) => 1_000 + n));
  },
);

test.prop([fc.array(frame, { maxLength: 30 }), pieces])(
  'a mark is counted once however the bytes come',
  (frames, sizes) => {
    const counter = new MarkCounter('"ack"');
    let count = 0;
    const text = frames.map((it) => `${it.replaceAll('"', '')}"ack"`).join('');
    inPieces(Buffer.from(text), sizes, (piece) => {
      count += counter.take(piece);
    });
    expect(count).toBe(frames.length);
  },
);

test('a reader refuses a message that was skipped or repeated', () => {
  const reader = new Reader(5, () => {});
  expect(() => reader.take(Buffer.from(payload(6, 0)))).toThrow('message 6 came where 5 was due');
});

test('a message is of the stated size', () => {
  expect(payload(0, 0)).toHaveLength(PAYLOAD_BYTES);
});
