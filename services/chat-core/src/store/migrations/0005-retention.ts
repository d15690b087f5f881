import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds the few rooms that don't keep everything among the many that do. */
export const retention = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`create index rooms_trimmed on rooms (room)
      where (keep_ms > 0 or keep_count > 0)`.execute(db);
  },
});
