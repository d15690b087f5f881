import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import type { LogEnd, Witness } from './witness.ts';

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

/** Stands in `meta` of a database that is a copy of a log: what the log said since is not in it. */
export const COPIED_AT = 'copied_at';

const renewEpoch = async (db: Kysely<Database>): Promise<string> => {
  const epoch = newEpoch();
  await db.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  return epoch;
};

/** Makes a log of its own of a copy: readers may have seen other events under the numbers after its end. */
const beginCopy = (db: Kysely<Database>): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const mark = tx.deleteFrom('meta').where('key', '=', COPIED_AT).returning('key');
    if ((await mark.executeTakeFirst()) !== undefined) await renewEpoch(tx);
  });

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
 * Where the log stands. A backup that was put in place begins a new epoch, and so does a database
 * that an older copy was put in place of: the numbers from its end on were given before, to events
 * that it doesn't have.
 */
export const endOf = async (db: Kysely<Database>, witness: Witness): Promise<LogEnd> => {
  await beginCopy(db);
  const end = { epoch: await epochOf(db), events: await eventsOf(db) };
  const known = witness.read();
  if (known?.epoch !== end.epoch || known.events <= end.events) return end;
  return { ...end, epoch: await renewEpoch(db) };
};
