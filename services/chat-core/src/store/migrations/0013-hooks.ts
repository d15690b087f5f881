import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Outgoing webhooks, and how far each was told which room's log. */
export const hooks = ({ tableEnd }: Flavour): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    const end = sql.raw(tableEnd);
    await schema
      .createTable('hooks')
      .addColumn('hook', 'text', (it) => it.primaryKey().notNull())
      .addColumn('url', 'text', (it) => it.notNull())
      .addColumn('secret', 'text', (it) => it.notNull())
      .addColumn('rooms', 'text', (it) => it.notNull())
      .addColumn('kinds', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addColumn('failing_since', 'bigint')
      .addColumn('error', 'text')
      .addColumn('disabled_at', 'bigint')
      .modifyEnd(end)
      .execute();
    await schema
      .createTable('deliveries')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('hook', 'text', (it) => it.notNull())
      .addColumn('seq', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('deliveries_pk', ['room', 'hook'])
      .modifyEnd(end)
      .execute();
    await schema.createIndex('deliveries_hook').on('deliveries').column('hook').execute();
  },
});
