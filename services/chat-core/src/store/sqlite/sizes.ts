import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a store, by what is in them. */
const files = {
  log: 'partyline.db',
  wal: 'partyline.db-wal',
  search: 'partyline-search.db',
} as const;

/** What the files of a store in a folder come to, in bytes; without those that are not there. */
export const fileSizes = (folder: string): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(files).flatMap(([what, name]) => {
      const bytes = statSync(join(folder, name), { throwIfNoEntry: false })?.size;
      return bytes === undefined ? [] : [[what, bytes] as const];
    }),
  );
