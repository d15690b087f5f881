import { sql } from 'kysely';
import type { Db } from '../statements/statement.ts';

/** Tables smaller than this are read whole in no time. */
const SMALL_PAGES = 8;

/**
 * Has Postgres look at tables that have doubled since it last did. It does so by itself once a
 * minute; a log that begins under load would until then be taken for a few rows of many rooms, of
 * which one is found among all those of its room.
 */
export const refreshStatistics = async (db: Db): Promise<void> => {
  const { rows } = await sql<{ table: string }>`
    select relname::text as "table" from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'
      and pg_relation_size(oid)
        > 2 * greatest(relpages, ${SMALL_PAGES}) * current_setting('block_size')::bigint`.execute(
    db,
  );
  for (const { table } of rows) await sql`analyze ${sql.table(table)}`.execute(db);
};
