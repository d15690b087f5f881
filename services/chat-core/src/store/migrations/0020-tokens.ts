import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Tokens of the admin API, which of them did what, and what it answered to requests with a key. */
export const tokens = ({ tableEnd }: Flavour): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    const end = sql.raw(tableEnd);
    await schema
      .createTable('tokens')
      .addColumn('name', 'text', (it) => it.primaryKey().notNull())
      .addColumn('hash', 'text', (it) => it.notNull())
      .addColumn('scope', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addColumn('until', 'bigint')
      .modifyEnd(end)
      .execute();
    await schema.createIndex('tokens_hash').unique().on('tokens').column('hash').execute();
    await schema
      .createTable('answers')
      .addColumn('key', 'text', (it) => it.primaryKey().notNull())
      .addColumn('request', 'text', (it) => it.notNull())
      .addColumn('sealed', 'text', (it) => it.notNull())
      .addColumn('until', 'bigint', (it) => it.notNull())
      .modifyEnd(end)
      .execute();
    await schema.createIndex('answers_until').on('answers').column('until').execute();
    await schema.alterTable('audit').addColumn('token', 'text').execute();
  },
});
