import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type pg from 'pg';
import type { Database } from '../schema.ts';
import type { Db } from '../statements/statement.ts';
import { emptyLists, newPool } from './pool.ts';
import { type Prepared, preparing } from './prepared.ts';

/**
 * One transaction whose statements go to the server as soon as they are asked for, not waiting for
 * the answers to those before: what doesn't depend on an answer costs no way there and back.
 */
export interface Pipeline {
  /** For statements whose answers matter. */
  readonly asking: Db;
  /** For statements that are only to be done: they are answered at once, with nothing. One that fails fails the transaction. */
  readonly telling: Db;
  /** Sends a statement before it returns; one that fails fails the transaction, whether or not its answer is awaited. */
  send<Row>(query: CompiledQuery<Row>): Promise<readonly Row[]>;
}

/** A connection that runs one transaction at a time. */
class Connection implements Pipeline {
  readonly asking: Db;
  readonly telling: Db;
  readonly #prepared: Prepared;
  #followed: Promise<unknown>[] = [];
  #isBroken = false;

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
    this.asking = kyselyOver(async (text, values) => {
      const { rows } = await prepared.query(text, values);
      return { rows };
    });
    this.telling = kyselyOver(async (text, values) => {
      this.#follow(prepared.query(text, values));
      return { rows: [] };
    });
  }

  /** Whether it is not to be used again. */
  get isBroken(): boolean {
    return this.#isBroken || this.#prepared.isStale;
  }

  readonly send = <Row>({ sql, parameters }: CompiledQuery<Row>): Promise<readonly Row[]> => {
    const rows = this.#prepared.query(sql, parameters).then((answer) => answer.rows);
    this.#follow(rows);
    return rows;
  };

  async run<T>(work: (pipeline: Pipeline) => Promise<T>): Promise<T> {
    this.#followed = [];
    try {
      // Whatever the server's default is: the line's locks count on it.
      this.#follow(this.#prepared.query('begin isolation level read committed', []));
      const done = await work(this);
      this.#follow(this.#commit());
      await Promise.all(this.#followed);
      return done;
    } catch (error) {
      // Those behind one that failed say only that the transaction is over.
      const ends = await Promise.allSettled(this.#followed);
      const first = ends.find((it) => it.status === 'rejected');
      await this.#prepared.query('rollback', []).catch(() => {
        this.#isBroken = true;
      });
      throw first === undefined ? error : first.reason;
    }
  }

  /** A transaction in which a statement failed is rolled back by a commit, and no error says so. */
  async #commit(): Promise<void> {
    const { command } = await this.#prepared.query('commit', []);
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
  }

  #follow(done: Promise<unknown>): void {
    // Whether it failed is asked at the end.
    done.catch(() => {});
    this.#followed.push(done);
  }
}

type Run = (
  text: string,
  values: readonly unknown[],
) => ReturnType<DatabaseConnection['executeQuery']>;

/** Kysely over one connection, which any number of queries have at a time. */
const kyselyOver = (run: Run): Db => {
  const connection: DatabaseConnection = {
    executeQuery: async ({ sql, parameters }) => run(sql, parameters) as never,
    streamQuery: () => {
      throw new Error('No cursors are asked for.');
    },
  };
  const none = async (): Promise<void> => {};
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => ({
        ...{ init: none, acquireConnection: async () => connection, releaseConnection: none },
        ...{ beginTransaction: none, commitTransaction: none, rollbackTransaction: none },
        destroy: none,
      }),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [emptyLists],
  });
};

/** Transactions, each on one of a few connections. */
export interface Pipelines extends AsyncDisposable {
  run<T>(work: (pipeline: Pipeline) => Promise<T>): Promise<T>;
}

/** Connections for transactions; broken ones are made anew when they are needed next. */
export const openPipelines = (
  config: pg.PoolConfig,
  onError: (error: Error) => void,
): Pipelines => {
  const pool = newPool({ ...config, pipeline: true }, onError);
  const prepared = preparing();
  const connections = new WeakMap<pg.PoolClient, Connection>();
  return {
    run: async (work) => {
      const client = await pool.connect();
      const connection = connections.get(client) ?? new Connection(prepared(client));
      connections.set(client, connection);
      try {
        return await connection.run(work);
      } finally {
        client.release(connection.isBroken);
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
};
