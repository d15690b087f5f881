import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** How far accounts have read. */
export const markers = ({ tableEnd }: Flavour): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    await schema
      .createTable('markers')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('account', 'text', (it) => it.notNull())
      .addColumn('seq', 'bigint', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('markers_pk', ['room', 'account'])
      .modifyEnd(sql.raw(tableEnd))
      .execute();
    await schema.createIndex('markers_account').on('markers').column('account').execute();
  },
});
