import type { Writable } from 'node:stream';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { textFrames } from './frames.ts';

/** `ws`'s parser, which takes bytes without a socket; its type declarations leave it out. */
const { Receiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean }) => Writable;
};

/** What a WebSocket client takes from bytes that come in pieces of `chunkBytes`. */
const received = (bytes: Uint8Array, chunkBytes = bytes.length): string[] => {
  const texts: string[] = [];
  const receiver = new Receiver({ isServer: false });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    texts.push(isBinary ? `binary ${data}` : data.toString());
  });
  receiver.on('error', (error: Error) => {
    throw error;
  });
  for (let at = 0; at < bytes.length; at += chunkBytes)
    receiver.write(Buffer.from(bytes.subarray(at, at + chunkBytes)));
  return texts;
};

describe('textFrames', () => {
  test.prop([
    fc.array(fc.string({ unit: 'grapheme', maxLength: 300 })),
    fc.integer({ min: 1, max: 50 }),
  ])('are read back by a WebSocket client, however they are split on the way', (texts, chunk) => {
    expect(received(textFrames(texts), chunk)).toEqual(texts);
  });

  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('carry %i bytes', (length) => {
    const text = 'x'.repeat(length);
    expect(received(textFrames([text, 'after']))).toEqual([text, 'after']);
  });

  it('count bytes, not characters', () => {
    const text = '聊'.repeat(42);
    const frames = textFrames([text]);
    expect(frames.length).toBe(4 + 126);
    expect(received(frames)).toEqual([text]);
  });

  it('carry half of a surrogate pair as the replacement character', () => {
    expect(received(textFrames(['a\ud83d']))).toEqual(['a\ufffd']);
  });

  it('are nothing when there is nothing to say', () => {
    expect(textFrames([]).length).toBe(0);
  });
});
