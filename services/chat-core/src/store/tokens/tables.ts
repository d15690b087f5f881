import type { Table } from '../tables.ts';
import type { TokenRow } from './rows.ts';

export const tokensTable: Table<TokenRow> = {
  name: 'tokens',
  key: ['name'],
  columns: { name: 'text', hash: 'text', scope: 'text', createdAt: 'integer', until: 'integer' },
};
