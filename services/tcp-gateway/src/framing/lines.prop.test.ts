import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { FrameSink } from './framer.ts';
import { encodeLines, LineFramer } from './lines.ts';

const LIMIT_BYTES = 24;

/** Everything that a framer finds, in order. */
const collect = () => {
  const found: string[] = [];
  const sink: FrameSink = {
    frame: (text) => found.push(`frame ${text}`),
    fault: ({ code }) => found.push(`fault ${code}`),
    reply: () => found.push('reply'),
  };
  return { found, sink };
};

const feed = (packets: readonly Uint8Array[]): readonly string[] => {
  const { found, sink } = collect();
  const framer = new LineFramer(LIMIT_BYTES);
  for (const packet of packets) framer.push(Buffer.from(packet), sink);
  framer.end(sink);
  return found;
};

const cut = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((it) => it % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

/** A line as bytes, and what is to be found in it. */
const line = fc.oneof(
  fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => text.replace(/[\r\n]/g, ''))
    .map((text) => ({
      bytes: Buffer.from(text),
      found: Buffer.byteLength(text) > LIMIT_BYTES ? 'fault frame-too-long' : `frame ${text}`,
    })),
  fc
    .integer({ min: LIMIT_BYTES + 1, max: 5 * LIMIT_BYTES })
    .map((length) => ({ bytes: Buffer.alloc(length, 'x'), found: 'fault frame-too-long' })),
  fc.constantFrom([0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]).map((it) => ({
    bytes: Buffer.from(it),
    found: 'fault utf8-bad',
  })),
);

describe('lines', () => {
  test.prop([
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 10 }),
    fc.array(fc.nat(), { maxLength: 40 }),
  ])('are found, or refused one by one, however the bytes are cut into packets', (lines, cuts) => {
    const bytes = Buffer.concat(lines.flatMap(([it, end]) => [it.bytes, Buffer.from(end)]));
    expect(feed(cut(bytes, cuts))).toEqual(lines.map(([it]) => it.found));
  });

  test.prop([line.filter((it) => it.bytes.length > 0), fc.array(fc.nat(), { maxLength: 10 })])(
    'count when the client ends its side in the middle of one',
    (unfinished, cuts) => {
      const bytes = Buffer.concat([Buffer.from('first\n'), unfinished.bytes]);
      expect(feed(cut(bytes, cuts))).toEqual(['frame first', unfinished.found]);
    },
  );

  test('are refused as soon as they are too long, and skipped to their end', () => {
    const { found, sink } = collect();
    const framer = new LineFramer(LIMIT_BYTES);
    framer.push(Buffer.alloc(LIMIT_BYTES + 2, 'x'), sink);
    expect(found).toEqual(['fault frame-too-long']);
    framer.push(Buffer.alloc(10 * LIMIT_BYTES, 'x'), sink);
    framer.push(Buffer.from('x\nnext\n'), sink);
    expect(found).toEqual(['fault frame-too-long', 'frame next']);
  });

  test('may be as long as the limit, their end not counted', () => {
    const text = 'x'.repeat(LIMIT_BYTES);
    expect(feed([Buffer.from(`${text}\r\n`)])).toEqual([`frame ${text}`]);
    expect(feed([Buffer.from(text), Buffer.from('\r'), Buffer.from('\n')])).toEqual([
      `frame ${text}`,
    ]);
  });

  test('are each ended by CR LF when sent', () => {
    expect(String(encodeLines(['a', 'b']))).toBe('a\r\nb\r\n');
    expect(encodeLines([])).toHaveLength(0);
  });
});
