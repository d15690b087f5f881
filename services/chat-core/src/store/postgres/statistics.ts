import { sql } from 'kysely';
import type { Db } from '../statements/statement.ts';

/** Tables smaller than this are read whole in no time. */
const SMALL_PAGES = 1;
/** How many events a core has appended when it has its tables looked at first. */
const FIRST_EVENTS = 200;

/**
 * Has Postgres look at tables that have doubled since it last did. It does so by itself once a
 * minute; a log that begins under load would until then be taken for a few rows of many rooms, of
 * which one is found among all those of its room.
 */
export const refreshStatistics = async (db: Db): Promise<void> => {
  const { rows } = await sql<{ table: string }>`
    select relname::text as "table" from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'
      and pg_relation_size(oid)
        > 2 * greatest(relpages, ${SMALL_PAGES}) * current_setting('block_size')::bigint`.execute(
    db,
  );
  for (const { table } of rows) await sql`analyze ${sql.table(table)}`.execute(db);
};

/** Has tables looked at each time that what a core appended has doubled, beside what it does. */
export class Growth implements AsyncDisposable {
  readonly #db: Db;
  readonly #onError: (error: Error) => void;
  #events = 0;
  #next = FIRST_EVENTS;
  #looking: Promise<void> | undefined;

  constructor(db: Db, onError: (error: Error) => void) {
    this.#db = db;
    this.#onError = onError;
  }

  /** So many events were appended. */
  by(events: number): void {
    this.#events += events;
    if (this.#events < this.#next || this.#looking !== undefined) return;
    while (this.#next <= this.#events) this.#next *= 2;
    this.#looking = refreshStatistics(this.#db)
      .catch(this.#onError)
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#looking;
  }
}
