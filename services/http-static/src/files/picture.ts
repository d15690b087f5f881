import { open } from 'node:fs/promises';
import { limits, type SharedFile } from '@partyline/protocol';
import { imageSize } from 'image-size';

/** How much of a file is looked at for its size; before that stand thumbnails of cameras. */
const LOOKED_AT_BYTES = 262_144;

/** What every browser shows in a page. */
const pictures = /^image\/(png|apng|jpeg|gif|webp|avif)$/;

/** EXIF orientations that lay a picture on its side. */
const isOnItsSide = (orientation = 1): boolean => orientation >= 5 && orientation <= 8;

const sizeOf = (beginning: Uint8Array): SharedFile['picture'] => {
  try {
    const { width, height, orientation } = imageSize(beginning);
    return isOnItsSide(orientation) ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
};

const beginningOf = async (path: string): Promise<Uint8Array> => {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(LOOKED_AT_BYTES),
    ...([0, LOOKED_AT_BYTES, 0] as const),
  );
  return buffer.subarray(0, bytesRead);
};

/** The size of a picture that is small enough to be shown to all who come by; undefined of anything else. */
export const pictureIn = async (
  path: string,
  { type, bytes }: Pick<SharedFile, 'type' | 'bytes'>,
): Promise<SharedFile['picture']> => {
  if (!pictures.test(type) || bytes > limits.shownPictureBytes) return undefined;
  const size = sizeOf(await beginningOf(path));
  if (size === undefined) return undefined;
  const pixels = size.width * size.height;
  return pixels > 0 && pixels <= limits.shownPicturePixels ? size : undefined;
};
