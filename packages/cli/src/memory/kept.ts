import { hash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Memory } from '@partyline/client';

/** What one client keeps for its next life. Nobody else has it meanwhile, and it is free again however the client ends. */
export interface Kept extends Disposable {
  /** What an earlier life left. */
  readonly memory: Memory | undefined;
  /** Resolved into the file when it returns. */
  write(memory: Memory): void;
}

/** SQLite's primary result codes. */
const BUSY = 5;
const NOTADB = 26;

/** Of the shape of what is kept: a client reads its own, and leaves what another version of it wrote. */
const VERSION = 1;

const open = (file: string): DatabaseSync => {
  // Who may read it may come in as its owner. SQLite gives its journal the mode of the file.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // A lock of the operating system's is held from the first transaction until the file is closed.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      BEGIN EXCLUSIVE;
      CREATE TABLE IF NOT EXISTS memory (version INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
      COMMIT`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const read = (database: DatabaseSync): Memory | undefined => {
  const row = database.prepare('SELECT json FROM memory WHERE version = ?').get(VERSION);
  return row === undefined ? undefined : (JSON.parse(String(row.json)) as Memory);
};

/**
 * Opens what is kept under a name, and makes its folder and file where they are missing; undefined
 * while another process has it. Throws when nothing can be kept there.
 */
export const openKept = (folder: string, name: string): Kept | undefined => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${hash('sha256', name).slice(0, 32)}.db`);
  let database: DatabaseSync;
  try {
    database = open(file);
  } catch (error) {
    const { errcode } = error as { errcode?: number };
    if (errcode === BUSY) return undefined;
    if (errcode !== NOTADB) throw error;
    // What can't be read is of no use to anybody.
    rmSync(file);
    database = open(file);
  }
  const put = database.prepare('INSERT OR REPLACE INTO memory (version, json) VALUES (?, ?)');
  return {
    memory: read(database),
    write: (memory) => void put.run(VERSION, JSON.stringify(memory)),
    [Symbol.dispose]: () => database.close(),
  };
};
