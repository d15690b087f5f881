import { statfs } from 'node:fs/promises';
import type { StoreSize } from '../port.ts';
import { fileSizes } from './sizes.ts';

/** What is in the folder, and what is free around it. */
export const sqliteSize = async (
  folder: string,
): Promise<Pick<StoreSize, 'bytes' | 'freeBytes'>> => {
  const { bavail, bsize } = await statfs(folder);
  const bytes = fileSizes(folder)
    .values()
    .reduce((sum, it) => sum + it, 0);
  return { bytes, freeBytes: bavail * bsize };
};
