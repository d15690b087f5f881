import { sql } from 'kysely';
import type { Scope } from '../port.ts';
import type { Db } from '../statements/statement.ts';

/** "PTLN": the advisory lock that all transactions of the line take. */
const LINE = 0x50_54_4c_4e;

/**
 * Has a transaction wait for those that it depends on. Without a scope it is alone; those with one
 * go beside each other, as long as their rooms are others. A room's row is held until the commit, so
 * that the number after this batch's is given when this batch can be seen: no reader finds `n + 1`
 * before `n`. Each statement reads what was committed before it began (`read committed`), which is
 * all that this transaction depends on, once it holds its locks.
 */
export const lockLine = async (db: Db, scope: Scope | undefined): Promise<void> => {
  if (scope === undefined) {
    await sql`select pg_advisory_xact_lock(${sql.lit(LINE)})`.execute(db);
    return;
  }
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(LINE)})`.execute(db);
  // In one order everywhere, so that nobody waits in a circle.
  await sql`select from rooms where room = any(${scope.rooms}) order by room for update`.execute(
    db,
  );
};
