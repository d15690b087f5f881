import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { LineSplitter, toLine } from './ndjson.ts';

const LIMIT_BYTES = 24;

/** Bytes in chunks, cut anywhere: within a line, between CR and LF, within a character. */
const inChunks = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((it) => it % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

const read = (chunks: readonly Buffer[]) => {
  const splitter = new LineSplitter(LIMIT_BYTES);
  const all = [...chunks.map((chunk) => splitter.push(chunk)), splitter.end()];
  return {
    lines: all.flatMap((it) => it.lines),
    tooLong: all.reduce((sum, it) => sum + it.tooLong, 0),
  };
};

const line = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replaceAll(/[\r\n]/g, ''));
const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 10 });
const cuts = fc.array(fc.nat(), { maxLength: 20 });

test.prop([lines, cuts], { numRuns: 1_000 })(
  'reads the same lines wherever the bytes were cut',
  (lines, cuts) => {
    const bytes = Buffer.from(lines.flat().join(''));
    const isLong = (text: string): boolean => Buffer.byteLength(text) > LIMIT_BYTES;
    const texts = lines.map(([text]) => text);
    expect(read(inChunks(bytes, cuts))).toEqual({
      lines: texts.filter((text) => text !== '' && !isLong(text)),
      tooLong: texts.filter(isLong).length,
    });
  },
);

test.prop([fc.uint8Array({ maxLength: 200 }), cuts], { numRuns: 500 })(
  'reads any bytes the same, in one piece or in many',
  (bytes, cuts) => {
    const whole = Buffer.from(bytes);
    expect(read(inChunks(whole, cuts))).toEqual(read([whole]));
  },
);

test.prop([fc.array(fc.jsonValue(), { maxLength: 5 }), cuts])(
  'reads every value back that was written as a line',
  (values, cuts) => {
    const splitter = new LineSplitter(100_000);
    const bytes = Buffer.from(values.map(toLine).join(''));
    const lines = inChunks(bytes, cuts).flatMap((chunk) => splitter.push(chunk).lines);
    expect(lines.map((it) => JSON.parse(it))).toEqual(JSON.parse(JSON.stringify(values)));
  },
);
