import type { Table } from '../tables.ts';
import type { WatchRow } from './rows.ts';

export const watchesTable: Table<WatchRow> = {
  name: 'watches',
  key: ['room', 'name', 'types'],
  columns: {
    room: 'text',
    name: 'text',
    types: 'text',
    everyMs: 'integer',
    by: 'text',
    at: 'integer',
    dueAt: 'integer',
    revision: 'integer',
    told: 'json',
    seen: 'json',
    times: 'integer',
    patience: 'integer',
    calm: 'integer',
  },
};
