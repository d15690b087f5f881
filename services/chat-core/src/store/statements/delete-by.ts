import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { Table } from '../tables.ts';
import { columnName, type Db } from './statement.ts';

/** Deletes the rows that have one of the keys. */
export const deleteBy = <Row, Key extends Partial<Row>>(
  { rows }: Flavour,
  table: Table<Row>,
): ((db: Db, keys: readonly Key[]) => Promise<void>) => {
  const names = table.key.map(columnName).join(', ');
  const source = rows(table.key.map((member) => [columnName(member), table.columns[member]]));
  const sqlText = `delete from ${table.name} where (${names}) in (${source})`;
  return async (db, keys) => {
    if (keys.length === 0) return;
    const values = keys.map((key) => table.key.map((member) => key[member]));
    await db.executeQuery(CompiledQuery.raw(sqlText, [JSON.stringify(values)]));
  };
};
