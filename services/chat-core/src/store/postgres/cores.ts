import { sql } from 'kysely';
import type { Beat } from '../peers.ts';
import type { Db } from '../statements/statement.ts';
import { KEPT_MS } from './relay.ts';
import { refreshStatistics } from './statistics.ts';

/** Which chat-cores are there: each says so in a row of its own, again and again. */
export class Cores {
  readonly #db: Db;
  readonly #core: string;
  readonly #leaseMs: number;

  constructor(db: Db, core: string, leaseMs: number) {
    this.#db = db;
    this.#core = core;
    this.#leaseMs = leaseMs;
  }

  /** The one that has been there longest leads, so that none that comes takes it from another. */
  async beat(): Promise<Beat> {
    // What the rows were before is what the rest of the statement sees.
    const { rows } = await sql<Beat>`
      with mine as (
        insert into cores (core, since, until)
        values (
          ${this.#core}, clock_timestamp(),
          clock_timestamp() + ${this.#leaseMs} * interval '1 ms'
        )
        on conflict (core) do update set
          since = case when cores.until > clock_timestamp() then cores.since else excluded.since end,
          until = excluded.until
        returning core, since
      ), living as (select core, since from cores where until > clock_timestamp())
      select
        not exists (
          select from living, mine
          where living.core <> mine.core and (living.since, living.core) < (mine.since, mine.core)
        ) as leads,
        not exists (select from living) as "wasNobody"`.execute(this.#db);
    const beat = rows[0] ?? { leads: false, wasNobody: false };
    if (beat.leads) await this.#clean();
    return beat;
  }

  /** The others need not wait for its lease to end. */
  async leave(): Promise<void> {
    const core = this.#core;
    await sql`delete from streams where core = ${core}`.execute(this.#db);
    await sql`update cores set until = clock_timestamp() where core = ${core}`.execute(this.#db);
  }

  /** Forgets what nobody will ask for: tales that all have heard, and cores that are long gone. */
  async #clean(): Promise<void> {
    const db = this.#db;
    const before = sql`clock_timestamp() - ${KEPT_MS} * interval '1 ms'`;
    await sql`delete from relay where at < ${before}`.execute(db);
    // Twice the time: as long as there may be something to hear of it.
    await sql`delete from cores where until < ${before} - ${KEPT_MS} * interval '1 ms'`.execute(db);
    await sql`delete from streams where core not in (select core from cores)`.execute(db);
    await sql`delete from boards where core not in (select core from cores)`.execute(db);
    await refreshStatistics(db);
  }
}
