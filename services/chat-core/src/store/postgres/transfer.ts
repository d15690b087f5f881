import { sql } from 'kysely';
import type { Db } from '../statements/statement.ts';
import { StoreError } from '../store-error.ts';
import { exportLines } from '../transfer/export.ts';
import { importExport } from '../transfer/import.ts';
import { checkServer } from './check-server.ts';
import { postgresFlavour } from './flavour.ts';
import { lockLine } from './line-lock.ts';
import { migratePostgres } from './migrate.ts';
import { connectionTo, openPool } from './pool.ts';
import { addWords } from './words.ts';

/** Whoever takes an export may stand still for so long: meanwhile the database cleans nothing up. */
const STALL_MS = 60_000;

/** Statements take as long as they take, and between them the transaction waits for what is read. */
const connect = (url: string, idleMs: number) => {
  const more = ['statement_timeout=0', `idle_in_transaction_session_timeout=${idleMs}`];
  return openPool({ ...connectionTo(url, more), query_timeout: 0, max: 1 }, () => {});
};

/** What a database holds at the moment when the first line is asked for. */
export async function* exportPostgres(url: string): AsyncGenerator<string> {
  await using db = connect(url, STALL_MS);
  await checkServer(db, url);
  const snapshot = await db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  try {
    yield* exportLines(snapshot, postgresFlavour);
  } finally {
    await snapshot.rollback().execute();
  }
}

const checkAlone = async (db: Db): Promise<void> => {
  const { rows } = await sql`select 1 from cores where until > clock_timestamp() limit 1`.execute(
    db,
  );
  if (rows.length > 0)
    throw new StoreError(
      'A chat-core runs on the database of PARTYLINE_DATABASE: stop it, wait for some seconds, and import then. Nothing was imported.',
    );
};

/** Takes an export into a database that has no log yet, all of it or nothing. */
export const importIntoPostgres = async (
  url: string,
  bytes: AsyncIterable<Buffer>,
  isSameLog: boolean,
): Promise<Readonly<Record<string, number>>> => {
  await using db = connect(url, 0);
  await checkServer(db, url);
  await migratePostgres(connectionTo(url, ['statement_timeout=0']));
  return await db.transaction().execute(async (tx) => {
    // chat-cores that are started meanwhile wait.
    await lockLine(tx, undefined);
    await checkAlone(tx);
    const options = { flavour: postgresFlavour, isSameLog, onEvents: addWords };
    return await importExport(tx, bytes, options);
  });
};
