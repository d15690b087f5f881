import { type AnyRow, everyTable, type TableName } from '../every-table.ts';
import { columnName, type Db } from '../statements/statement.ts';
import type { ColumnType } from '../tables.ts';
import { TransferError } from './transfer-error.ts';

/** Throws a TransferError that names the line, and the field that is wrong in it. */
export type RowCheck = (table: TableName, row: AnyRow, line: number) => void;

const expected: Readonly<Record<ColumnType, string>> = {
  text: 'a text without NUL and halves of characters',
  integer: 'a whole number',
  json: 'what is structured',
};

const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.isWellFormed() && !value.includes('\0');

/** What no text of Postgres can hold may be nowhere in a structure either. */
const isStructure = (value: unknown): boolean => {
  if (typeof value === 'string') return isText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, it]) => isText(key) && isStructure(it));
};

const isOf: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  text: isText,
  integer: Number.isSafeInteger,
  json: isStructure,
};

type Column = { readonly member: string; readonly type: ColumnType; readonly isNullable: boolean };

/** Checks rows by what a database says of its columns. */
export const rowChecks = async (db: Db): Promise<RowCheck> => {
  const found = await db.introspection.getTables();
  const columnsOf = (table: TableName): readonly Column[] => {
    const its = found.find((it) => it.name === table)?.columns ?? [];
    return Object.entries(everyTable[table].columns).map(([member, type]) => {
      const name = columnName(member).slice(1, -1);
      return { member, type, isNullable: its.find((it) => it.name === name)?.isNullable ?? false };
    });
  };
  const names = Object.keys(everyTable) as TableName[];
  const columns = new Map(names.map((it) => [it, columnsOf(it)]));
  return (table, row, line) => {
    const its = columns.get(table) ?? [];
    for (const { member, type, isNullable } of its) {
      const value = row[member];
      if (value === null && isNullable) continue;
      if (value === undefined || value === null || !isOf[type](value))
        throw new TransferError(
          line,
          `${member} of ${table} must be ${expected[type]}${isNullable ? ', or null' : ''}`,
        );
    }
    const known = new Set(its.map((it) => it.member));
    const unknown = Object.keys(row).find((it) => !known.has(it));
    if (unknown !== undefined) throw new TransferError(line, `${table} has no ${unknown}`);
  };
};
