import type { Flavour } from '../flavour.ts';

/** SQLite's SQL: JSON rows by `json_each`, tables that are their primary key's tree. */
export const sqliteFlavour: Flavour = {
  rows: (columns) => {
    const values = columns.map(([name], index) => `value ->> ${index} as ${name}`);
    return `select ${values.join(', ')} from json_each(?)`;
  },
  // Without statistics SQLite takes a room for ten events, and would rather read all of them.
  by: (index) => `indexed by ${index}`,
  tableEnd: 'without rowid',
};
