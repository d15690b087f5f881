import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { migrate } from '../migrator.ts';
import type { Database } from '../schema.ts';
import { exportLines } from '../transfer/export.ts';
import { importExport } from '../transfer/import.ts';
import { sqliteDialect } from './driver.ts';
import { databaseFile, openFile, openReader } from './file.ts';
import { sqliteFlavour } from './flavour.ts';
import { lockFolder } from './lock.ts';
import { finishRestore } from './restore/put-in-place.ts';

const kysely = (database: DatabaseSync): Kysely<Database> =>
  new Kysely<Database>({ dialect: sqliteDialect(database) });

/** What a database holds at the moment when the first line is asked for. */
export async function* exportSqlite(file: string): AsyncGenerator<string> {
  using database = openReader(file);
  // Looks at nothing yet: the first query begins what is seen.
  database.exec('begin');
  yield* exportLines(kysely(database), sqliteFlavour);
}

/** A folder's database, at the newest schema, in which nobody else writes. */
const openAlone = async (folder: string) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await using opening = new AsyncDisposableStack();
  opening.use(lockFolder(folder));
  finishRestore(folder);
  const db = kysely(opening.use(openFile(databaseFile(folder))));
  await migrate(db, sqliteFlavour);
  const opened = opening.move();
  return { db, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** The same of a folder where no chat-core runs. */
export async function* exportFolder(folder: string): AsyncGenerator<string> {
  await using _alone = await openAlone(folder);
  yield* exportSqlite(databaseFile(folder));
}

/** Takes an export into a folder that has no log yet, all of it or nothing. */
export const importIntoFolder = async (
  folder: string,
  bytes: AsyncIterable<Buffer>,
  isSameLog: boolean,
): Promise<Readonly<Record<string, number>>> => {
  await using alone = await openAlone(folder);
  return await alone.db
    .transaction()
    .execute((db) => importExport(db, bytes, { flavour: sqliteFlavour, isSameLog }));
};
