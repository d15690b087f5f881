import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Words are deleted by what trims their events, not by a foreign key: to check one, Postgres looks up
 * and locks the event of every row that is inserted, which cost as much as all the rest of the row.
 */
export const wordsApart = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await db.schema.alterTable('words').dropConstraint('words_of').execute();
  },
});
