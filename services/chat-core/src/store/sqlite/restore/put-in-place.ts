import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile } from '../file.ts';
import { syncFolder } from '../sync-folder.ts';

/** A database and what SQLite keeps beside it. */
const ends = ['', '-wal', '-shm'];

/** Where a backup is until it is whole and checked. */
export const draftOf = (folder: string): string => `${databaseFile(folder)}.restore`;

/** A backup that has this name is to be put in place, by whoever comes next. */
const readyOf = (folder: string): string => `${databaseFile(folder)}.restored`;

/** Where the database goes that was there before; the same however often it is tried. */
const asideOf = (folder: string): string => {
  const { mtime } = statSync(readyOf(folder));
  return join(folder, `before-restore-${mtime.toISOString().replace(/[-:.]/g, '')}`);
};

/** Deletes what there is of a backup that isn't to be put in place. */
export const discardDraft = (folder: string): void => {
  for (const end of [...ends, '-journal']) rmSync(draftOf(folder) + end, { force: true });
};

/**
 * Puts a backup in place that was made ready, and the database that was there aside, with all that
 * belongs to it: a WAL that stays would be taken for the new one's. A process that is killed
 * meanwhile leaves the rest to the next. Gives the folder of what was there; undefined when nothing
 * was. The folder's lock is held.
 */
export const finishRestore = (folder: string, rename = renameSync): string | undefined => {
  const ready = readyOf(folder);
  if (!existsSync(ready)) return undefined;
  const file = databaseFile(folder);
  const aside = asideOf(folder);
  const there = ends.filter((end) => existsSync(file + end));
  if (there.length > 0) {
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const end of there) rename(file + end, databaseFile(aside) + end);
    syncFolder(aside);
    syncFolder(folder);
  }
  rename(ready, file);
  syncFolder(folder);
  return there.length > 0 ? aside : undefined;
};

/** Has the draft, which is whole, checked and on the disk, be the database. From here on it will be. */
export const putInPlace = (folder: string): string | undefined => {
  renameSync(draftOf(folder), readyOf(folder));
  syncFolder(folder);
  return finishRestore(folder);
};
