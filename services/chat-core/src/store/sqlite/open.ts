import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { migrate } from '../migrator.ts';
import type { Changes, Store } from '../port.ts';
import { createReader } from '../reader.ts';
import type { Database } from '../schema.ts';
import { transactions } from '../transaction.ts';
import { sqliteDialect } from './driver.ts';
import { openFile, openReader } from './file.ts';
import { sqliteFlavour } from './flavour.ts';
import { lockFolder } from './lock.ts';
import { SearchThread } from './search/search-thread.ts';
import { type LogEnd, Witness } from './witness.ts';

const newEpoch = (): string => randomBytes(8).toString('hex');

/** The epoch of the log in a database, chosen when the log begins. */
const epochOf = async (db: Kysely<Database>): Promise<string> => {
  await db
    .insertInto('meta')
    .values({ key: 'epoch', value: newEpoch() })
    .onConflict((it) => it.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'epoch')
    .executeTakeFirstOrThrow();
  return row.value;
};

/** How many events the log has seen. */
const eventsOf = async (db: Kysely<Database>): Promise<number> => {
  const { sum } = db.fn;
  const row = await db
    .selectFrom('rooms')
    .select(sum<number>('seq').as('events'))
    .executeTakeFirst();
  return Number(row?.events ?? 0);
};

/**
 * Where the log stands. A database that an older copy was put in place of begins a new epoch: the
 * numbers from its end on were given before, to events that it doesn't have.
 */
const endOf = async (db: Kysely<Database>, witness: Witness): Promise<LogEnd> => {
  const end = { epoch: await epochOf(db), events: await eventsOf(db) };
  const known = witness.read();
  if (known?.epoch !== end.epoch || known.events <= end.events) return end;
  const epoch = newEpoch();
  await db.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  return { ...end, epoch };
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
  const witness = opening.use(new Witness(folder));
  const { epoch, events: before } = await endOf(writer, witness);
  let events = before;
  witness.note({ epoch, events });
  const searching = opening.use(
    new SearchThread({ logFile: file, file: join(folder, 'partyline-search.db'), epoch }),
  );
  const reader = connect(openReader(file));
  const read = createReader(reader, epoch, sqliteFlavour, (search) => searching.find(search));

  const transactionOn = transactions(sqliteFlavour);
  const opened = opening.move();
  return {
    epoch,
    read,
    write: async (work) => {
      let appended = 0;
      const done = await writer.transaction().execute((db) => {
        const transaction = transactionOn(db);
        const apply = (changes: Changes): Promise<void> => {
          appended += changes.events.length;
          return transaction.apply(changes);
        };
        return work({ ...transaction, apply });
      });
      events += appended;
      if (appended > 0) witness.note({ epoch, events });
      return done;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
