import type { Flavour } from '../flavour.ts';
import type { Table } from '../tables.ts';
import { columnList, columnName, type Db, query } from './statement.ts';

/** Reads the rows of a table that have one of the keys, each by a look into its primary key. */
export const selectByKey = <Row, Key extends Partial<Row>>(
  { rows }: Flavour,
  table: Table<Row>,
): ((db: Db, keys: readonly Key[]) => Promise<readonly Row[]>) => {
  const names = table.key.map((member) => [columnName(member), table.columns[member]] as const);
  const same = names.map(([name]) => `${table.name}.${name} = wanted.${name}`).join(' and ');
  const select = query(
    `select ${columnList(table)}
     from (${rows(names)}) as wanted
     cross join ${table.name}
     where ${same}`,
    table,
  );
  return async (db, keys) =>
    keys.length === 0
      ? []
      : select(db, JSON.stringify(keys.map((key) => table.key.map((member) => key[member]))));
};
