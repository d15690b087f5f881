import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The times of rooms' last events. */
export const lastAt = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .alterTable('rooms')
      .addColumn('last_at', 'bigint', (it) => it.notNull().defaultTo(0))
      .execute();
    await sql`update rooms set last_at = coalesce(
      (select events.at from events where events.room = rooms.room and events.seq = rooms.seq), 0)`.execute(
      db,
    );
  },
});
