import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people are called besides their nicks. */
export const realNames = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await db.schema.alterTable('sessions').addColumn('real_name', 'text').execute();
  },
});
