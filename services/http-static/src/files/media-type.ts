import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';

/** As much of a file's beginning as its type is told from. */
export const HEAD_BYTES = 4_100;

/** What browsers show by themselves without running any of it. */
const shown =
  /^(image\/(png|apng|jpeg|gif|webp|avif|bmp)|(audio|video)\/(?!.*xml)[\w.+-]+|text\/plain|application\/pdf)(;|$)/;

const isText = (head: Buffer): boolean => {
  if (head.includes(0)) return false;
  // A character may be cut at the end.
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
};

/** The media type that a file is of by what it holds; what its sender calls it is nobody's business. */
export const mediaType = async (head: Buffer): Promise<string> => {
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return found.mime;
  return isText(head) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
};

/** Whether a browser may show a file of this type instead of saving it. */
export const isShown = (type: string): boolean => shown.test(type);

/** Whether a type is among those allowed, such as `image/*` or `text/plain`. */
export const isAllowed = (type: string, allowed: readonly string[]): boolean => {
  const [plain = ''] = type.split(';');
  return allowed.some((it) =>
    it.endsWith('/*') ? plain.startsWith(it.slice(0, -1)) : it === plain,
  );
};
