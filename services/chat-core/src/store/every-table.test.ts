import { DatabaseSync } from 'node:sqlite';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { derivedTables, everyTable } from './every-table.ts';
import { migrate } from './migrator.ts';
import { migratePostgres } from './postgres/migrate.ts';
import { connectionTo, openPool } from './postgres/pool.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite/driver.ts';
import { sqliteFlavour } from './sqlite/flavour.ts';
import { columnName } from './statements/statement.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Tables with their columns, as a database has them. */
const tablesIn = async (db: Kysely<Database>): Promise<ReadonlyMap<string, readonly string[]>> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  return new Map(tables.map((it) => [it.name, it.columns.map(({ name }) => name).sort()]));
};

const expectAll = async (db: Kysely<Database>): Promise<void> => {
  const found = await tablesIn(db);
  const kept = [...found.keys()].filter((it) => it !== 'meta' && !derivedTables.includes(it));
  expect(kept.sort()).toEqual(Object.keys(everyTable).sort());
  for (const { name, columns } of Object.values(everyTable))
    expect([name, found.get(name)]).toEqual([
      name,
      Object.keys(columns)
        .map((it) => columnName(it).slice(1, -1))
        .sort(),
    ]);
};

test('every table of SQLite is known whole, or named as derived', async () => {
  using database = new DatabaseSync(':memory:');
  const db = new Kysely<Database>({ dialect: sqliteDialect(database) });
  await migrate(db, sqliteFlavour);
  await expectAll(db);
});

test('every table of Postgres is known whole, or named as derived', async () => {
  const config = connectionTo(await server.create('tables'));
  await migratePostgres(config);
  await using db = openPool({ ...config, max: 1 }, () => {});
  await expectAll(db);
});

test.for(Object.entries(everyTable))('%s is known under its own name', ([name, table]) => {
  expect(table.name).toBe(name);
});
