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
export const endOf = async (db: Kysely<Database>, witness: Witness): Promise<LogEnd> => {
  const end = { epoch: await epochOf(db), events: await eventsOf(db) };
  const known = witness.read();
  if (known?.epoch !== end.epoch || known.events <= end.events) return end;
  const epoch = newEpoch();
  await db.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  return { ...end, epoch };
};
