import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  type PostgresPoolClient,
  replaceWithNoncontingentExpression,
} from 'kysely';
import pg from 'pg';
import type { Database } from '../schema.ts';
import { preparing } from './prepared.ts';

/** A connection that can't be had in that time counts as none. */
const CONNECT_MS = 5_000;
/** A statement that takes longer, waiting for others' locks included, fails its transaction. */
const STATEMENT_MS = 5_000;
/** A server that doesn't answer a statement in that time is given up: the network is gone. */
const ANSWER_MS = STATEMENT_MS + 2_000;

const sessionSettings = [
  // A commit returns when it is on the disk, which is what a receipt promises.
  'synchronous_commit=on',
  `statement_timeout=${STATEMENT_MS}`,
  // A core that stands still in the middle of a transaction doesn't hold the others up for longer.
  `idle_in_transaction_session_timeout=${STATEMENT_MS}`,
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  // A few keys, each looked up in an index: what is planned while a table is small stays right.
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
];

/** Counts and numbers of events are whole numbers that a double holds. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** How connections are made to the database that a URL names. */
export const connectionTo = (url: string, more: readonly string[] = []): pg.ClientConfig => {
  const given = new URL(url);
  const options = [...sessionSettings, ...more].map((it) => `-c ${it}`);
  const its = given.searchParams.get('options');
  given.searchParams.set('options', [...(its === null ? [] : [its]), ...options].join(' '));
  return {
    connectionString: given.href,
    application_name: 'partyline',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    types,
  };
};

/** Connections to a database; broken ones are made anew when they are needed next. */
export const newPool = (config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool(config);
  // One that breaks while nobody uses it.
  pool.on('error', onError);
  // Whoever uses one is told by its query, now or the next; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

/** An empty list has nothing in it, in Postgres' SQL too. */
export const emptyLists = new HandleEmptyInListsPlugin({
  strategy: replaceWithNoncontingentExpression,
});

/** Kysely over a pool of connections, for what is read. */
export const openPool = (config: pg.PoolConfig, onError: (error: Error) => void) => {
  const pool = newPool(config, onError);
  const prepared = preparing();
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect();
    const its = prepared(client);
    return {
      // No cursors are asked for.
      query: its.query as unknown as PostgresPoolClient['query'],
      release: (isBroken) => client.release(isBroken || its.isStale),
    };
  };
  const dialect = new PostgresDialect({
    pool: { connect, end: () => pool.end(), options: {} },
  });
  return new Kysely<Database>({ dialect, plugins: [emptyLists] });
};
