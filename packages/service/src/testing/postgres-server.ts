import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { preparePostgres } from './postgres-files.ts';

/** A Postgres of a test's own. */
export interface PostgresServer extends AsyncDisposable {
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

/** Resolves once the server takes connections; rejects with what it said if it ends before. */
const isReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4096);
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Postgres did not start: ${said}`)));
  });

/** Starts a real Postgres on a free port, with nothing in it. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-postgres-'));
  const { programs, database, user } = await preparePostgres(folder);
  const port = await freePort();
  await writeFile(join(folder, 'password'), 'postgres', { mode: 0o644 });
  await promisify(execFile)(
    join(programs, 'initdb'),
    [
      ...['-D', database, '--username=postgres', '--auth=password', '--no-locale'],
      ...[`--pwfile=${join(folder, 'password')}`, '--encoding=UTF8', '--no-sync'],
    ],
    { ...user, timeout: 60_000 },
  );

  let server: ChildProcess;
  const start = async (): Promise<void> => {
    const flags = ['-D', database, '-p', String(port), '-c', 'max_connections=200', '-k', ''];
    const stdio: StdioOptions = ['ignore', 'ignore', 'pipe'];
    server = spawn(join(programs, 'postgres'), flags, { ...user, stdio });
    await isReady(server);
  };
  const stop = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  await start();
  process.once('exit', () => server.kill('SIGQUIT'));

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
  return {
    ...{ urlOf, query, start },
    stopImmediately: () => stop('SIGQUIT'),
    create: async (database, template = 'template0') => {
      await query('postgres', `create database "${database}" template "${template}"`);
      return urlOf(database);
    },
    drop: async (database) => {
      await query('postgres', `drop database if exists "${database}" with (force)`);
    },
    restartImmediately: async () => {
      await stop('SIGQUIT');
      await start();
    },
    [Symbol.asyncDispose]: async () => {
      await stop('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
