import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { binaryFrames, deflatedTextFrames, textFrames } from './frames.ts';

/** `ws`'s parser, which takes bytes without a socket; its type declarations leave these out. */
const { Receiver, PerMessageDeflate } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; extensions?: object }) => Writable;
  PerMessageDeflate: new (options: object) => { accept(offers: object[]): void };
};

/** What a WebSocket client takes from bytes that come in pieces of `chunkBytes`. */
const received = async (
  bytes: Uint8Array,
  { chunkBytes = bytes.length, extensions = {} } = {},
): Promise<string[]> => {
  const texts: string[] = [];
  const receiver = new Receiver({ isServer: false, extensions });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    texts.push(isBinary ? `binary ${data}` : data.toString());
  });
  for (let at = 0; at < bytes.length; at += chunkBytes)
    receiver.write(Buffer.from(bytes.subarray(at, at + chunkBytes)));
  receiver.end();
  await finished(receiver);
  return texts;
};

describe('textFrames', () => {
  test.prop([
    fc.array(fc.string({ unit: 'grapheme', maxLength: 300 })),
    fc.integer({ min: 1, max: 50 }),
  ])(
    'are read back by a WebSocket client, however they are split on the way',
    async (texts, chunkBytes) => {
      expect(await received(textFrames(texts), { chunkBytes })).toEqual(texts);
    },
  );

  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('carry %i bytes', async (length) => {
    const text = 'x'.repeat(length);
    expect(await received(textFrames([text, 'after']))).toEqual([text, 'after']);
  });

  it('count bytes, not characters', async () => {
    const text = '聊'.repeat(42);
    const frames = textFrames([text]);
    expect(frames.length).toBe(4 + 126);
    expect(await received(frames)).toEqual([text]);
  });

  it('carry half of a surrogate pair as the replacement character', async () => {
    expect(await received(textFrames(['a\ud83d']))).toEqual(['a\ufffd']);
  });

  it('are nothing when there is nothing to say', () => {
    expect(textFrames([]).length).toBe(0);
  });
});

describe('binaryFrames', () => {
  it('are the same but binary', async () => {
    expect(await received(binaryFrames(['a', '聊']))).toEqual(['binary a', 'binary 聊']);
  });
});

describe('deflatedTextFrames', () => {
  /** A client that has agreed on permessage-deflate. */
  const inflating = () => {
    const deflate = new PerMessageDeflate({ maxPayload: 1_000_000 });
    deflate.accept([{ server_no_context_takeover: [true], client_no_context_takeover: [true] }]);
    return { 'permessage-deflate': deflate };
  };
  const RSV1 = 0x40;
  const isCompressed = (frames: Uint8Array): boolean => ((frames[0] ?? 0) & RSV1) !== 0;

  test.prop([
    fc.array(fc.string({ unit: 'grapheme', maxLength: 3_000 }), { maxLength: 5 }),
    fc.integer({ min: 1, max: 3_000 }),
    fc.integer({ min: 1, max: 500 }),
  ])('are read back by a client that inflates', async (texts, leastBytes, chunkBytes) => {
    const frames = deflatedTextFrames(leastBytes)(texts);
    expect(await received(frames, { chunkBytes, extensions: inflating() })).toEqual(texts);
    expect(frames.length).toBeLessThanOrEqual(textFrames(texts).length);
  });

  it('are compressed from the length on that is given', () => {
    const frames = deflatedTextFrames(100);
    expect(isCompressed(frames(['x'.repeat(99)]))).toBe(false);
    expect(isCompressed(frames(['x'.repeat(100)]))).toBe(true);
    expect(frames(['x'.repeat(10_000)]).length).toBeLessThan(100);
  });

  it('stay as they are where compression gains nothing', () => {
    expect(isCompressed(deflatedTextFrames(1)([randomBytes(20).toString('base64')]))).toBe(false);
  });
});
