import { sql } from 'kysely';
import type { AnyRow, AnyTable } from '../every-table.ts';
import { columnList, columnName, type Db, decoderOf } from '../statements/statement.ts';

/** Rows that are read at once: a millisecond or two of the thread's. */
const PAGE_ROWS = 500;

/** The rows of a table in the order of its key, page by page: as much memory as a page takes. */
export async function* rowsOf(db: Db, table: AnyTable): AsyncGenerator<readonly AnyRow[]> {
  const columns = sql.raw(columnList(table));
  const key = sql.raw(table.key.map((it) => `${table.name}.${columnName(it)}`).join(', '));
  const decode = decoderOf(table);
  let last: AnyRow | undefined;
  for (;;) {
    const values = table.key.map((it) => sql.val(last?.[it]));
    const isAfter = last === undefined ? sql`true` : sql`(${key}) > (${sql.join(values)})`;
    const { rows } = await sql<AnyRow>`
      select ${columns} from ${sql.raw(table.name)} where ${isAfter}
      order by ${key} limit ${sql.lit(PAGE_ROWS)}`.execute(db);
    if (rows.length > 0) yield decode === undefined ? rows : rows.map(decode);
    last = rows.at(-1);
    if (rows.length < PAGE_ROWS) return;
  }
}
