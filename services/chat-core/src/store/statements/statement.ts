import { CompiledQuery, type Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { Table } from '../tables.ts';

export type Db = Kysely<Database>;

/** A column's name in the database. */
export const columnName = (member: string): string =>
  `"${member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;

/** The columns of a table, named as the row's members are. */
export const columnList = <Row>(table: Table<Row>, of = table.name): string =>
  Object.keys(table.columns)
    .map((member) => `${of}.${columnName(member)} as "${member}"`)
    .join(', ');

/** Reads what is JSON text in a table; undefined for tables that hold none. */
export const decoderOf = <Row>(
  table: Pick<Table<Row>, 'columns'>,
): ((row: Row) => Row) | undefined => {
  const members = Object.entries(table.columns)
    .filter(([, type]) => type === 'json')
    .map(([member]) => member);
  if (members.length === 0) return undefined;
  return (row) => {
    const decoded = { ...row } as Record<string, unknown>;
    for (const member of members) {
      const text = decoded[member];
      decoded[member] = typeof text === 'string' ? JSON.parse(text) : null;
    }
    return decoded as Row;
  };
};

/** A prepared statement with one parameter, a JSON text; `table` says what its rows are. */
export const query = <Row>(sqlText: string, table: Table<Row>) => {
  const decode = decoderOf(table);
  return async (db: Db, json: string): Promise<readonly Row[]> => {
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(sqlText, [json]));
    return decode === undefined ? rows : rows.map(decode);
  };
};
