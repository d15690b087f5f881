import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What outgoing webhooks would not take: how many events, and the last one. */
export const refusals = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const { schema } = db;
    await schema
      .alterTable('hooks')
      .addColumn('refusals', 'bigint', (it) => it.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('hooks').addColumn('last_refusal', 'text').execute();
  },
});
