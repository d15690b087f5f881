import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { WatchReader } from './port.ts';
import type { WatchRow } from './rows.ts';

const rowOf = ({ told, seen, ...it }: Database['watches']): WatchRow => ({
  ...it,
  told: told === null ? null : JSON.parse(told),
  seen: seen === null ? null : JSON.parse(seen),
});

/** Reads watched names as it is committed. */
export const watchReader = (db: Kysely<Database>): WatchReader => ({
  all: async () => {
    const rows = await db
      .selectFrom('watches')
      .selectAll()
      .orderBy('room')
      .orderBy('name')
      .orderBy('types')
      .execute();
    return rows.map(rowOf);
  },
  due: async (now, limit) => {
    const rows = await db
      .selectFrom('watches')
      .selectAll()
      .where('dueAt', '<=', now)
      .orderBy('dueAt')
      .limit(limit)
      .execute();
    return rows.map(rowOf);
  },
});
