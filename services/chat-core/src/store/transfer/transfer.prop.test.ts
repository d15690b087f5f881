import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import fc from 'fast-check';
import { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, newestSchema } from '../migrator.ts';
import { migratePostgres } from '../postgres/migrate.ts';
import { connectionTo } from '../postgres/pool.ts';
import { exportPostgres, importIntoPostgres } from '../postgres/transfer.ts';
import type { Database } from '../schema.ts';
import { sqliteDialect } from '../sqlite/driver.ts';
import { sqliteFlavour } from '../sqlite/flavour.ts';
import { exportFolder, importIntoFolder } from '../sqlite/transfer.ts';
import { arbitraryExport } from '../test/arbitrary-export.ts';

let server: PostgresServer;
let root: string;
let exported: fc.Arbitrary<string>;
beforeAll(async () => {
  server = await startPostgres();
  await migratePostgres(connectionTo(await server.create('migrated')));
  root = await mkdtemp(join(tmpdir(), 'partyline-transfer-'));
  using database = new DatabaseSync(':memory:');
  const db = new Kysely<Database>({ dialect: sqliteDialect(database) });
  await migrate(db, sqliteFlavour);
  exported = await arbitraryExport(db, newestSchema(sqliteFlavour));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

/** In pieces, as a file or a connection brings them. */
async function* inPieces(whole: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(whole);
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

const throughSqlite = async (lines: string): Promise<string> => {
  const folder = await mkdtemp(join(root, 'data-'));
  await importIntoFolder(folder, inPieces(lines), true);
  const again = await text(exportFolder(folder));
  await rm(folder, { recursive: true });
  return again;
};

let made = 0;
const throughPostgres = async (lines: string): Promise<string> => {
  const name = `transfer_${made++}`;
  const url = await server.create(name, 'migrated');
  await importIntoPostgres(url, inPieces(lines), true);
  const again = await text(exportPostgres(url));
  await server.drop(name);
  return again;
};

const sorted = (lines: string): string[] => lines.split('\n').slice(0, -2).sort();

test('what is imported is exported byte for byte, from SQLite to Postgres and back', async () => {
  const property = fc.asyncProperty(exported, async (given) => {
    const bySqlite = await throughSqlite(given);
    expect(sorted(bySqlite)).toEqual(sorted(given));
    const byPostgres = await throughPostgres(bySqlite);
    expect(byPostgres).toBe(bySqlite);
    expect(await throughSqlite(byPostgres)).toBe(bySqlite);
  });
  await fc.assert(property, { numRuns: 15, endOnFailure: true });
}, 120_000);

test('a Postgres that cannot be reached, or that holds something else, is told in a line', async () => {
  const nowhere = 'postgres://ann:pass@127.0.0.1:1/line';
  const refused = "The database 127.0.0.1:1/line (PARTYLINE_DATABASE) can't be used: connect";
  await expect(importIntoPostgres(nowhere, inPieces(''), true)).rejects.toThrow(refused);
  await expect(text(exportPostgres(nowhere))).rejects.toThrow(refused);
  const url = await server.create('something_else');
  const another =
    /^The database is of another release \(its schema is none, .*Nothing was exported/;
  await expect(text(exportPostgres(url))).rejects.toThrow(another);
  await server.query('migrated', `insert into kysely_migration values ('9999-flying', '2030')`);
  await expect(text(exportPostgres(server.urlOf('migrated')))).rejects.toThrow('9999-flying');
});
