import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';

/** "PTLN", in the file's header (https://www.sqlite.org/fileformat.html#application_id). */
const APPLICATION_ID = 0x50_54_4c_4e;
const MAGIC = 'SQLite format 3\0';
/** A check reads the whole file: half a second at this size. Larger ones are checked where they are read. */
const CHECKED_BYTES = 256 * 1_048_576;

/** The database of a data folder. */
export const databaseFile = (folder: string): string => join(folder, 'partyline.db');

const whatToDo =
  'Nothing was changed. Restore a backup over it, or move it (and its -wal and -shm files) away to start with an empty log.';

const refuse = (file: string, what: string, cause?: unknown): never => {
  throw new StoreError(`${file} ${what}. ${whatToDo}`, { cause });
};

/** Whether a file begins as SQLite's do. */
export const isSqlite = (file: string): boolean => {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(MAGIC.length);
    return bytes.toString('latin1', 0, readSync(descriptor, bytes)) === MAGIC;
  } finally {
    closeSync(descriptor);
  }
};

/** Whether a database was made by chat-core. */
export const isOurs = (database: DatabaseSync): boolean =>
  database.prepare('pragma application_id').get()?.application_id === APPLICATION_ID;

/** Opens read-only, so that a file that is refused is left as it was found. */
const check = (file: string): void => {
  using database = new DatabaseSync(file, { readOnly: true });
  if (!isOurs(database)) refuse(file, 'is a database of another program');
  if (statSync(file).size > CHECKED_BYTES) return;
  const found = database.prepare('pragma quick_check(1)').get();
  if (found?.quick_check !== 'ok') refuse(file, `is damaged (${found?.quick_check})`);
};

const checkFile = (file: string): void => {
  if (!isSqlite(file)) refuse(file, 'is not an SQLite database');
  try {
    check(file);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    refuse(file, `is damaged (${error instanceof Error ? error.message : error})`, error);
  }
};

/** Marked as ours under another name first: a file of its final name is always whole. */
const create = (file: string): void => {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  {
    using database = new DatabaseSync(draft);
    database.exec(`pragma application_id = ${APPLICATION_ID}; pragma journal_mode = wal`);
  }
  renameSync(draft, file);
};

/** The database file, made when there is none. Throws a StoreError for one that can't be used. */
export const openFile = (file: string): DatabaseSync => {
  if (existsSync(file)) checkFile(file);
  else create(file);
  const database = new DatabaseSync(file, { timeout: 5_000 });
  // Full: a commit returns when it is on the disk, which is what a receipt promises. The WAL may grow
  // to 64 MiB before it is copied back, so that a page that changes often is copied once. What is
  // taken back doesn't stay in free parts of the file.
  database.exec(`pragma journal_mode = wal; pragma synchronous = full;
    pragma wal_autocheckpoint = 16384; pragma cache_size = -65536; pragma secure_delete = on`);
  return database;
};

/** A second connection, for readers: it sees what is committed and can change nothing. */
export const openReader = (file: string): DatabaseSync =>
  new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
