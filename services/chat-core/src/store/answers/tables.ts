import type { Table } from '../tables.ts';
import type { AnswerRow } from './rows.ts';

export const answersTable: Table<AnswerRow> = {
  name: 'answers',
  key: ['key'],
  columns: { key: 'text', request: 'text', sealed: 'text', until: 'integer' },
};
