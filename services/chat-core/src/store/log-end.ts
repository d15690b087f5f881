import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import type { LogEnd, Witness } from './witness.ts';

const newEpoch = (): string => randomBytes(8).toString('hex');

/** The epoch of the log in a database; undefined where none has begun. */
export const readEpoch = async (db: Kysely<Database>): Promise<string | undefined> => {
  const epoch = db.selectFrom('meta').select('value').where('key', '=', 'epoch');
  return (await epoch.executeTakeFirst())?.value;
};

/** The epoch of the log in a database, chosen when the log begins. */
const epochOf = async (db: Kysely<Database>): Promise<string> => {
  const chosen = newEpoch();
  await db
    .insertInto('meta')
    .values({ key: 'epoch', value: chosen })
    .onConflict((it) => it.column('key').doNothing())
    .execute();
  return (await readEpoch(db)) ?? chosen;
};

/** Stands in `meta` of a database that is a copy of a log: what the log said since is not in it. */
export const COPIED_AT = 'copied_at';

const renewEpoch = async (db: Kysely<Database>): Promise<string> => {
  const epoch = newEpoch();
  await db.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  return epoch;
};

/** Gives a database the epoch of a log that is put into it: another once it begins, unless it is the same log. */
export const setEpoch = async (
  db: Kysely<Database>,
  epoch: string,
  isSameLog: boolean,
): Promise<void> => {
  await db.deleteFrom('meta').where('key', 'in', ['epoch', COPIED_AT]).execute();
  await db.insertInto('meta').values({ key: 'epoch', value: epoch }).execute();
  if (isSameLog) return;
  await db
    .insertInto('meta')
    .values({ key: COPIED_AT, value: String(Date.now()) })
    .execute();
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
