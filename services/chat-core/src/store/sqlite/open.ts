import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { endOf } from '../log-end.ts';
import { migrate } from '../migrator.ts';
import type { Changes, DatabaseStore } from '../port.ts';
import { createReader } from '../reader.ts';
import type { Database } from '../schema.ts';
import { transactions } from '../transaction.ts';
import { Witness } from '../witness.ts';
import { openBackups } from './backup/backups.ts';
import { sqliteDialect } from './driver.ts';
import { databaseFile, openFile, openReader } from './file.ts';
import { sqliteFlavour } from './flavour.ts';
import { lockFolder } from './lock.ts';
import { finishRestore } from './restore/put-in-place.ts';
import { SearchThread } from './search/search-thread.ts';
import { sqliteSize } from './size.ts';
import { exportSqlite } from './transfer.ts';

/**
 * Opens the store in a folder, which belongs to this process from then on. Throws a StoreError when
 * the folder is in use or the file in it can't be used.
 */
export const openSqliteStore = async (folder: string): Promise<DatabaseStore> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await using opening = new AsyncDisposableStack();
  opening.use(lockFolder(folder));

  const file = databaseFile(folder);
  finishRestore(folder);
  const connect = (database: DatabaseSync): Kysely<Database> => {
    const dialect = sqliteDialect(opening.use(database));
    return opening.adopt(new Kysely<Database>({ dialect }), (db) => db.destroy());
  };
  const writer = connect(openFile(file));
  await migrate(writer, sqliteFlavour);
  const witness = opening.use(new Witness(folder));
  const { epoch, events: before } = await endOf(writer, witness);
  let events = before;
  witness.note({ epoch, events });
  const searching = opening.use(
    new SearchThread({ logFile: file, file: join(folder, 'partyline-search.db'), epoch }),
  );
  const reader = connect(openReader(file));
  const read = createReader(reader, epoch, sqliteFlavour, (search) => searching.find(search));

  const backups = opening.use(await openBackups(file, join(folder, 'backups'), Date.now));
  const transactionOn = transactions(sqliteFlavour);
  const opened = opening.move();
  return {
    epoch,
    read,
    backups,
    size: async () => ({
      kind: 'sqlite',
      ...(await sqliteSize(folder)),
      searchWaiting: searching.waiting,
    }),
    export: () => exportSqlite(file),
    write: async (work) => {
      let appended = 0;
      const trimmed: string[] = [];
      const onTrimmed = async (room: string): Promise<void> => {
        trimmed.push(room);
      };
      const done = await writer.transaction().execute((db) => {
        const transaction = transactionOn(db, { to: db, onTrimmed });
        const apply = (changes: Changes): Promise<void> => {
          appended += changes.events.length;
          return transaction.apply(changes);
        };
        return work({ ...transaction, apply });
      });
      events += appended;
      if (appended > 0) witness.note({ epoch, events });
      if (trimmed.length > 0) searching.trimmed(trimmed);
      return done;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
