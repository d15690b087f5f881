import { expect, test } from 'vitest';
import { LineSplitter, toLine } from './ndjson.ts';

const split = (text: string, limitBytes = 100) =>
  new LineSplitter(limitBytes).push(Buffer.from(text));

test('ends lines at LF and at CR LF, and skips blank ones', () => {
  expect(split('a\nb\r\n\n\r\nc\n')).toEqual({ lines: ['a', 'b', 'c'], tooLong: 0 });
});

test('keeps a CR that does not end a line', () => {
  expect(split('a\rb\n').lines).toEqual(['a\rb']);
});

test('takes a line of exactly the limit, whatever ends it', () => {
  expect(split('12345\n12345\r\n', 5)).toEqual({ lines: ['12345', '12345'], tooLong: 0 });
});

test('drops a line over the limit, and goes on with the next', () => {
  expect(split('123456\nok\n', 5)).toEqual({ lines: ['ok'], tooLong: 1 });
});

test('counts bytes, not characters', () => {
  expect(split('üü\nüüü\n', 5)).toEqual({ lines: ['üü'], tooLong: 1 });
});

test('counts a dropped line once it ends, without keeping it', () => {
  const splitter = new LineSplitter(5);
  for (let chunk = 0; chunk < 1_000; chunk += 1)
    expect(splitter.push(Buffer.alloc(1_000, 'x'))).toEqual({ lines: [], tooLong: 0 });
  expect(splitter.push(Buffer.from('x\nok\n'))).toEqual({ lines: ['ok'], tooLong: 1 });
});

test('gives what the stream ended with', () => {
  const splitter = new LineSplitter(5);
  splitter.push(Buffer.from('a\nb'));
  expect(splitter.end()).toEqual({ lines: ['b'], tooLong: 0 });
  expect(splitter.end()).toEqual({ lines: [], tooLong: 0 });
  splitter.push(Buffer.from('123456'));
  expect(splitter.end()).toEqual({ lines: [], tooLong: 1 });
});

test('writes a value as one line', () => {
  expect(toLine({ text: 'two\nlines' })).toBe('{"text":"two\\nlines"}\n');
});
