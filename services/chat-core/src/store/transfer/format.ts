import { createHash } from 'node:crypto';
import { toLine } from '@partyline/protocol';
import type { AnyRow, TableName } from '../every-table.ts';

/** An export's first line. */
export type Head = {
  readonly format: 'partyline-export';
  readonly version: 1;
  /** The last step that the database's schema had taken. */
  readonly schema: string;
  /** Of the log. */
  readonly epoch: string;
};

/** Every line between. Rows are in the order of their tables, and there in that of their keys. */
export type RowLine = { readonly table: TableName; readonly row: AnyRow };

/** Its last line, without which it is not whole. */
export type Foot = {
  /** Of each table that has any. */
  readonly rows: Readonly<Record<string, number>>;
  /** Of all lines before, with their line ends; in hexadecimal. */
  readonly sha256: string;
};

/** One line at most: what a row can come to, several times over. */
export const LINE_BYTES = 8 * 1_048_576;

/** Counts and hashes the lines of an export. */
export const createTally = () => {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  return {
    rows,
    /** A line, with its line end. */
    line: (text: string): void => {
      hash.update(text);
    },
    count: (table: string, more: number): void => {
      rows[table] = (rows[table] ?? 0) + more;
    },
    foot: (): Foot => ({ rows, sha256: hash.digest('hex') }),
  };
};

export const headLine = (schema: string, epoch: string): string =>
  toLine({ format: 'partyline-export', version: 1, schema, epoch } satisfies Head);
