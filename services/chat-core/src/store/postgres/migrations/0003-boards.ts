import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How each chat-core is, as it told last. Lost in a crash: it is told anew within seconds. */
export const boards = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`create unlogged table boards (core text primary key, told text not null)`.execute(db);
  },
});
