import type { ColumnType } from './tables.ts';

/** The little in which one database's SQL differs from another's. */
export type Flavour = {
  /**
   * A query whose rows are what the statement's one parameter holds, a JSON array of arrays, under
   * the columns named. One parameter whatever the number of rows: one prepared statement.
   */
  readonly rows: (columns: readonly (readonly [name: string, type: ColumnType])[]) => string;
  /** What stands behind a table's name in a statement to have it looked up by an index. */
  readonly by: (index: string) => string;
  /** What stands behind a `create table`. */
  readonly tableEnd: string;
};
