import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who says to be away. */
export const away = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await db.schema.alterTable('sessions').addColumn('away', 'text').execute();
  },
});
