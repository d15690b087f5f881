import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What several chat-cores share beside the log: who is there, which streams are where, and what each batch came to. */
export const peers = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const { schema } = db;
    await schema
      .createTable('cores')
      .addColumn('core', 'text', (it) => it.primaryKey())
      .addColumn('since', 'timestamptz', (it) => it.notNull())
      .addColumn('until', 'timestamptz', (it) => it.notNull())
      .execute();
    await schema
      .createTable('streams')
      .addColumn('instance', 'text', (it) => it.primaryKey())
      .addColumn('core', 'text', (it) => it.notNull())
      .execute();
    // One sequence for all: of two batches that had to wait for each other the later has the greater.
    await schema
      .createTable('relay')
      .addColumn('core', 'text', (it) => it.notNull())
      .addColumn('n', 'bigint', (it) => it.generatedAlwaysAsIdentity())
      .addColumn('at', 'timestamptz', (it) => it.notNull().defaultTo(sql`clock_timestamp()`))
      .addColumn('told', 'text', (it) => it.notNull())
      .addPrimaryKeyConstraint('relay_pk', ['core', 'n'])
      .execute();
    await schema.createIndex('relay_at').on('relay').column('at').execute();
  },
});
