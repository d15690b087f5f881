import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Wrong passwords, by where they came from and whom they were for. */
export const lockouts = ({ tableEnd }: Flavour): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .createTable('lockouts')
      .addColumn('key', 'text', (it) => it.primaryKey().notNull())
      .addColumn('mistakes', 'bigint', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addColumn('until', 'bigint', (it) => it.notNull())
      .modifyEnd(sql.raw(tableEnd))
      .execute();
    await db.schema.createIndex('lockouts_at').on('lockouts').column('at').execute();
  },
});
