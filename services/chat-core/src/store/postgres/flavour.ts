import type { Flavour } from '../flavour.ts';
import type { ColumnType } from '../tables.ts';

const valueAt = (index: number, type: ColumnType): string =>
  type === 'integer' ? `(value ->> ${index})::bigint` : `value ->> ${index}`;

/** Postgres' SQL: JSON rows by `jsonb_array_elements`. */
export const postgresFlavour: Flavour = {
  rows: (columns) => {
    const values = columns.map(([name, type], index) => `${valueAt(index, type)} as ${name}`);
    return `select ${values.join(', ')} from jsonb_array_elements($1::jsonb) as given (value)`;
  },
  // Connections are told to look rows up by their indexes.
  by: () => '',
  tableEnd: '',
};
