import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@partyline/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureIn } from './picture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-picture-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The beginning of a PNG of that size. */
const png = (width: number, height: number): Buffer => {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([head, size, Buffer.alloc(16)]);
};

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

/** A JPEG as a camera makes it: how it was held is in the EXIF data (EXIF 2.3 §4.6.4, tag 274). */
const jpeg = (width: number, height: number, orientation: number): Buffer => {
  const exif = Buffer.from(
    `457869660000${'4d4d002a00000008'}0001${'01120003000000010000'}0000`,
    'hex',
  );
  exif.writeUInt16BE(orientation, exif.length - 4);
  const frame = Buffer.alloc(15);
  frame.writeUInt8(8, 0);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.alloc(14)),
    segment(0xe1, exif),
    segment(0xc0, frame),
    Buffer.alloc(64),
  ]);
};

const sizeOf = async (content: Buffer, type: string, bytes = content.length) => {
  const path = join(folder, 'content');
  await writeFile(path, content);
  return pictureIn(path, { type, bytes });
};

test('a picture is as large as it is shown: the right way up', async () => {
  expect(await sizeOf(png(640, 480), 'image/png')).toEqual({ width: 640, height: 480 });
  expect(await sizeOf(jpeg(640, 480, 1), 'image/jpeg')).toEqual({ width: 640, height: 480 });
  expect(await sizeOf(jpeg(640, 480, 6), 'image/jpeg')).toEqual({ width: 480, height: 640 });
});

test('what is no picture, is broken, or too large to be shown to all has no size', async () => {
  expect(await sizeOf(png(640, 480), 'application/pdf')).toBeUndefined();
  expect(await sizeOf(Buffer.from('PNG?'), 'image/png')).toBeUndefined();
  expect(await sizeOf(png(0, 480), 'image/png')).toBeUndefined();
  expect(await sizeOf(png(100_000, 100_000), 'image/png')).toBeUndefined();
  const bytes = limits.shownPictureBytes + 1;
  expect(await sizeOf(png(640, 480), 'image/png', bytes)).toBeUndefined();
});
