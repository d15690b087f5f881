import type { Table } from '../tables.ts';
import type { HookCursorRow, HookRow } from './rows.ts';

export const hooksTable: Table<HookRow> = {
  name: 'hooks',
  key: ['hook'],
  columns: {
    hook: 'text',
    url: 'text',
    secret: 'text',
    rooms: 'json',
    kinds: 'json',
    createdAt: 'integer',
    failingSince: 'integer',
    error: 'text',
    disabledAt: 'integer',
    refusals: 'integer',
    lastRefusal: 'json',
  },
};

export const deliveriesTable: Table<HookCursorRow> = {
  name: 'deliveries',
  key: ['room', 'hook'],
  columns: { room: 'text', hook: 'text', seq: 'integer' },
};
