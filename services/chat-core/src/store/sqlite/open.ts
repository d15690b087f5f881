import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { migrate } from '../migrator.ts';
import type { Store } from '../port.ts';
import { createReader } from '../reader.ts';
import type { Database } from '../schema.ts';
import { transactions } from '../transaction.ts';
import { sqliteDialect } from './driver.ts';
import { openFile, openReader } from './file.ts';
import { sqliteFlavour } from './flavour.ts';
import { lockFolder } from './lock.ts';

/** The epoch of the log in a database, chosen once when the log begins. */
const epochOf = async (db: Kysely<Database>): Promise<string> => {
  await db
    .insertInto('meta')
    .values({ key: 'epoch', value: randomBytes(8).toString('hex') })
    .onConflict((it) => it.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'epoch')
    .executeTakeFirstOrThrow();
  return row.value;
};

/**
 * Opens the store in a folder, which belongs to this process from then on. Throws a StoreError when
 * the folder is in use or the file in it can't be used.
 */
export const openSqliteStore = async (folder: string): Promise<Store> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await using opening = new AsyncDisposableStack();
  opening.use(lockFolder(folder));

  const file = join(folder, 'partyline.db');
  const connect = (database: DatabaseSync): Kysely<Database> => {
    const dialect = sqliteDialect(opening.use(database));
    return opening.adopt(new Kysely<Database>({ dialect }), (db) => db.destroy());
  };
  const writer = connect(openFile(file));
  await migrate(writer, sqliteFlavour);
  const epoch = await epochOf(writer);
  const read = createReader(connect(openReader(file)), epoch);

  const transactionOn = transactions(sqliteFlavour);
  const opened = opening.move();
  return {
    epoch,
    read,
    write: (work) => writer.transaction().execute((db) => work(transactionOn(db))),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
