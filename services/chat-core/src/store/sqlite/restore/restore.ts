import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { StoreError } from '../../store-error.ts';
import { copyDatabase, digest } from '../backup/copy.ts';
import { isSqlite } from '../file.ts';
import { lockFolder } from '../lock.ts';
import { type Inspected, inspect, isLog } from './inspect.ts';
import { discardDraft, draftOf, finishRestore, putInPlace } from './put-in-place.ts';

/** What came of a restore. */
export type Restored = Inspected & {
  /** The folder of the database that was there before. */
  readonly aside: string | undefined;
};

const refuse = (file: string, what: string, cause?: unknown): never => {
  throw new StoreError(`${file} ${what}. Nothing was changed.`, { cause });
};

/** A backup whose bytes are not those that it was made of is refused, whatever they are. */
const checkDigest = async (file: string): Promise<void> => {
  const about = `${file}.json`;
  if (!existsSync(about)) return;
  const { sha256 } = JSON.parse(readFileSync(about, 'utf8'));
  if ((await digest(file)) !== sha256)
    refuse(file, `is not what it was when it was made: its SHA-256 is not the one in ${about}`);
};

const check = async (file: string): Promise<void> => {
  if (!existsSync(file)) refuse(file, 'is not there');
  if (!isSqlite(file)) refuse(file, 'is not an SQLite database');
  await checkDigest(file);
  if (!isLog(file)) refuse(file, 'is a database of another program');
};

/**
 * Puts a copy of a backup in place of a data folder's database, when all of it is sound: its digest,
 * its pages, its schema, its logs. Whoever is killed meanwhile leaves the old database, or has the
 * next chat-core finish. Throws a StoreError when the folder is in use, or the backup can't be used.
 */
export const restore = async (file: string, folder: string): Promise<Restored> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  using _lock = lockFolder(folder);
  finishRestore(folder);
  discardDraft(folder);
  try {
    await check(file);
    await copyDatabase(file, draftOf(folder));
    const found = inspect(draftOf(folder));
    if (typeof found === 'string') return refuse(file, found);
    return { ...found, aside: putInPlace(folder) };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return refuse(file, `can't be used: ${error instanceof Error ? error.message : error}`, error);
  } finally {
    discardDraft(folder);
  }
};
