import type { CursorRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** Reads the cursors of accounts in those logs of pairs that go on after them. */
export const waiting = async (
  db: Db,
  accounts: Iterable<string>,
): Promise<readonly CursorRow[]> => {
  const them = [...accounts];
  if (them.length === 0) return [];
  return db
    .selectFrom('cursors')
    .innerJoin('rooms', 'rooms.room', 'cursors.room')
    .where('cursors.account', 'in', them)
    .whereRef('rooms.seq', '>', 'cursors.seq')
    .select(['cursors.room', 'cursors.account', 'cursors.seq'])
    .execute();
};
