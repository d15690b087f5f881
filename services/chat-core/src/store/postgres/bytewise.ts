import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

type Column = { readonly table: string; readonly column: string };

/**
 * Has every text compared byte by byte, as SQLite does and as lists are paged by. A database's own
 * collation would order names by the rules of a language, and another version of the system's
 * library by others, under indexes that were built by the first.
 */
export const compareBytewise = async (db: Kysely<Database>): Promise<void> => {
  const { rows } = await sql<Column>`
    select relname::text as "table", attname::text as "column"
    from pg_attribute
    join pg_class on pg_class.oid = attrelid
    join pg_collation on pg_collation.oid = attcollation
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and attnum > 0
      and not attisdropped and atttypid = 'text'::regtype and collname <> 'C'`.execute(db);
  const byTable = Map.groupBy(rows, (it) => it.table);
  for (const [table, columns] of byTable) {
    const changes = columns.map(
      ({ column }) => sql`alter column ${sql.ref(column)} type text collate "C"`,
    );
    await sql`alter table ${sql.table(table)} ${sql.join(changes)}`.execute(db);
  }
};
