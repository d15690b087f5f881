import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';

/**
 * Holds a data folder for this process alone. The lock is SQLite's own, on a small file beside the
 * database: the system lets go of it when the process ends, however it ends.
 */
export const lockFolder = (folder: string): Disposable => {
  const file = join(folder, 'chat-core.lock');
  const lock = new DatabaseSync(file);
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    throw new StoreError(
      `${folder} is in use by another chat-core (${file} is locked). Stop that one, or set PARTYLINE_DATA to another folder.`,
      { cause: error },
    );
  }
  return { [Symbol.dispose]: () => lock.close() };
};
