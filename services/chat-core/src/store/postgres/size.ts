import { sql } from 'kysely';
import type { StoreSize } from '../port.ts';
import type { Db } from '../statements/statement.ts';

/** Words are written with what was said: search never waits. The server's disk is not seen from here. */
export const postgresSize = async (db: Db): Promise<StoreSize> => {
  const { rows } = await sql<{ bytes: number }>`
    select pg_database_size(current_database()) as bytes`.execute(db);
  return { kind: 'postgres', bytes: rows[0]?.bytes ?? 0, searchWaiting: 0 };
};
