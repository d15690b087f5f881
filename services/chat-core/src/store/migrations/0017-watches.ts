import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Names that are looked up again and again. */
export const watches = ({ tableEnd }: Flavour): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    await schema
      .createTable('watches')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('name', 'text', (it) => it.notNull())
      .addColumn('types', 'text', (it) => it.notNull())
      .addColumn('every_ms', 'bigint', (it) => it.notNull())
      .addColumn('by', 'text', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addColumn('due_at', 'bigint', (it) => it.notNull())
      .addColumn('revision', 'bigint', (it) => it.notNull())
      .addColumn('told', 'text')
      .addColumn('seen', 'text')
      .addColumn('times', 'bigint', (it) => it.notNull())
      .addColumn('patience', 'bigint', (it) => it.notNull())
      .addColumn('calm', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('watches_pk', ['room', 'name', 'types'])
      .modifyEnd(sql.raw(tableEnd))
      .execute();
    await schema.createIndex('watches_due').on('watches').column('due_at').execute();
  },
});
