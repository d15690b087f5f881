import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Certificates by which accounts are known. */
export const certificates = ({ tableEnd }: Flavour): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    await schema
      .createTable('certificates')
      .addColumn('fingerprint', 'text', (it) => it.primaryKey().notNull())
      .addColumn('account', 'text', (it) => it.notNull())
      .addColumn('added_at', 'bigint', (it) => it.notNull())
      .modifyEnd(sql.raw(tableEnd))
      .execute();
    await schema.createIndex('certificates_account').on('certificates').column('account').execute();
  },
});
