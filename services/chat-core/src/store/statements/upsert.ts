import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { Table } from '../tables.ts';
import { columnName, type Db } from './statement.ts';

/** The values of rows as one JSON text, in the order of the table's columns. */
const encoder = <Row>(table: Table<Row>): ((rows: readonly Row[]) => string) => {
  const columns = Object.entries(table.columns) as [keyof Row & string, string][];
  const encode = columns.map(([member, type]): ((row: Row) => unknown) =>
    type === 'json'
      ? (row) => (row[member] === null ? null : JSON.stringify(row[member]))
      : (row) => row[member],
  );
  return (rows) => JSON.stringify(rows.map((row) => encode.map((one) => one(row))));
};

/** Writes rows whole: new ones are inserted, others replaced. */
export const upsert = <Row>(
  { rows: source }: Flavour,
  table: Table<Row>,
): ((db: Db, rows: readonly Row[]) => Promise<void>) => {
  const members = Object.entries(table.columns) as [keyof Row & string, 'text'][];
  const columns = members.map(([member, type]) => [columnName(member), type] as const);
  const names = columns.map(([name]) => name);
  const key = table.key.map(columnName);
  const others = names.filter((name) => !key.includes(name));
  const sqlText = `insert into ${table.name} (${names.join(', ')})
    select * from (${source(columns)}) as given where true
    on conflict (${key.join(', ')})
    do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  const encode = encoder(table);
  return async (db, rows) => {
    if (rows.length > 0) await db.executeQuery(CompiledQuery.raw(sqlText, [encode(rows)]));
  };
};

/** Appends rows that must be new; a key that is there already fails the transaction. */
export const insert = <Row>(
  { rows: source }: Flavour,
  table: Table<Row>,
): ((db: Db, rows: readonly Row[]) => Promise<void>) => {
  const members = Object.entries(table.columns) as [keyof Row & string, 'text'][];
  const columns = members.map(([member, type]) => [columnName(member), type] as const);
  const sqlText = `insert into ${table.name} (${columns.map(([name]) => name).join(', ')})
    ${source(columns)}`;
  const encode = encoder(table);
  return async (db, rows) => {
    if (rows.length > 0) await db.executeQuery(CompiledQuery.raw(sqlText, [encode(rows)]));
  };
};
