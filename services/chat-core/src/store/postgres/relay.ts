import { sql } from 'kysely';
import type { Heard, Tale } from '../peers.ts';
import type { Db } from '../statements/statement.ts';
import type { Pipeline } from './pipeline.ts';

/** How long what a batch came to is kept for the others. */
export const KEPT_MS = 60_000;
/** Tales that are heard at once. */
const HEARD_TALES = 200;

type Row = { readonly core: string; readonly n: number; readonly told: string };
type Circumstances = {
  readonly now: number;
  readonly epoch: string;
  readonly attached: readonly string[];
};

export type RelayOptions = {
  /** This core. */
  readonly core: string;
  readonly epoch: string;
  /** Milliseconds from anywhere, never going back. */
  readonly elapsed: () => number;
};

/**
 * What each batch came to, in a table: written in the batch's own transaction, so that it is there
 * exactly when the batch is, and read by every core from where it was. A core's own tales are in
 * its order; batches of several cores that depend on each other are in the order of `n`.
 */
export class Relay {
  readonly #options: RelayOptions;
  /** The last tale of each core that was taken in. */
  readonly #cursors = new Map<string, number>();
  #heardAt: number;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#heardAt = options.elapsed();
  }

  /** Nothing that was told before now is heard. Called where no other transaction of the line is. */
  async begin(db: Db): Promise<void> {
    const { rows } = await sql<Omit<Row, 'told'>>`
      select core, max(n) as n from relay group by core`.execute(db);
    for (const { core, n } of rows) this.#cursors.set(core, n);
    this.#heardAt = this.#options.elapsed();
  }

  async hear(db: Db): Promise<Heard> {
    const startedAt = this.#options.elapsed();
    const [{ now, attached }, rows] = await Promise.all([this.#circumstances(db), this.#tales(db)]);
    const isGap = startedAt - this.#heardAt > KEPT_MS / 2;
    return {
      ...{ now, attached, isGap, isMore: rows.length === HEARD_TALES },
      texts: rows.map((it) => it.told),
      take: () => {
        this.#heardAt = startedAt;
        for (const { core, n } of rows) this.#cursors.set(core, n);
      },
    };
  }

  async #tales(db: Db): Promise<readonly Row[]> {
    const known = JSON.stringify(Object.fromEntries(this.#cursors));
    const { rows } = await sql<Row>`
      select tale.* from cores
      cross join lateral (
        select core, n, told from relay
        where relay.core = cores.core
          and relay.n > coalesce((${known}::jsonb ->> cores.core)::bigint, 0)
        order by relay.n limit ${HEARD_TALES}
      ) as tale
      order by tale.n limit ${HEARD_TALES}`.execute(db);
    return rows;
  }

  /** Leaves a tale for the others; gives what is to be called when it is committed. */
  async tell({ telling, send }: Pipeline, tale: Tale): Promise<() => Promise<void>> {
    const { core } = this.#options;
    const { text, opened, closed, isDurable } = tale;
    if (opened.length > 0)
      await sql`insert into streams (instance, core)
        select instance, ${core} from unnest(${opened}::text[]) as opened (instance)
        on conflict (instance) do update set core = excluded.core`.execute(telling);
    if (closed.length > 0)
      await sql`delete from streams where core = ${core} and instance = any(${closed})`.execute(
        telling,
      );
    if (!isDurable) await sql`set local synchronous_commit = off`.execute(telling);
    const insertion = sql<Pick<Row, 'n'>>`
      insert into relay (core, told) values (${core}, ${text}) returning n`;
    const inserted = send(insertion.compile(telling));
    return async () => {
      const [row] = await inserted;
      if (row !== undefined) this.#cursors.set(core, row.n);
    };
  }

  async #circumstances(db: Db): Promise<Circumstances> {
    const { core, epoch } = this.#options;
    const { rows } = await sql<Circumstances>`
      select (extract(epoch from clock_timestamp()) * 1000)::bigint as now,
        (select value from meta where key = 'epoch') as epoch,
        array(
          select streams.instance from cores join streams using (core)
          where cores.until > clock_timestamp() and cores.core <> ${core}
        ) as attached`.execute(db);
    const [found] = rows;
    if (found?.epoch !== epoch)
      throw new Error('The database holds another log than it did: start chat-core anew.');
    return found;
  }
}
