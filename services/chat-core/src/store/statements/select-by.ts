import type { Flavour } from '../flavour.ts';
import type { Table } from '../tables.ts';
import { columnList, columnName, type Db, query } from './statement.ts';

/** Reads the rows of a table whose column has one of the values; `where` narrows them. */
export const selectBy = <Row>(
  { rows }: Flavour,
  table: Table<Row>,
  member: keyof Row & string,
  where = '',
): ((db: Db, values: Iterable<string>) => Promise<readonly Row[]>) => {
  const name = columnName(member);
  // `cross join` keeps SQLite's planner to this order: few keys, each looked up in an index.
  const select = query(
    `select ${columnList(table)}
     from (${rows([[name, 'text']])}) as wanted
     cross join ${table.name}
     where ${table.name}.${name} = wanted.${name} ${where}`,
    table,
  );
  return async (db, values) => {
    const keys = Array.from(values, (value) => [value]);
    return keys.length === 0 ? [] : select(db, JSON.stringify(keys));
  };
};
