import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { first } from '../migrations/0001-first.ts';
import { migrate } from '../migrator.ts';
import { createReader } from '../reader.ts';
import type { Database } from '../schema.ts';
import { sqliteDialect } from './driver.ts';
import { sqliteFlavour } from './flavour.ts';

const migrateFrom = async (rows: string): Promise<DatabaseSync> => {
  const database = new DatabaseSync(':memory:');
  const db = new Kysely<Database>({ dialect: sqliteDialect(database) });
  const before = new Migrator({
    db,
    provider: { getMigrations: async () => ({ '0001-first': first(sqliteFlavour) }) },
  });
  expect((await before.migrateToLatest()).error).toBeUndefined();
  database.exec(rows);
  await migrate(db, sqliteFlavour);
  return database;
};

test('brings accounts of the first release to how nicks are compared now', async () => {
  using database = await migrateFrom(`insert into accounts values
    ('a-1', 'ann', 'Ann', 'x', 1), ('a-2', 'straße', 'Straße', 'x', 1),
    ('a-3', 'groß', 'groß', 'x', 1), ('a-4', 'gross', 'Gross', 'x', 1)`);
  const rows = database.prepare('select name_key, skeleton from accounts order by account').all();
  expect(rows).toEqual([
    { name_key: 'ann', skeleton: 'ann' },
    { name_key: 'strasse', skeleton: 'strasse' },
    { name_key: 'groß', skeleton: 'gross' },
    { name_key: 'gross', skeleton: 'gross' },
  ]);
});

test('counts what was written to accounts before as shown', async () => {
  using database = await migrateFrom(`
    insert into accounts values ('a-1', 'ann', 'Ann', 'x', 1);
    insert into rooms values ('lobby', 9, 0, null, null, null, 1),
      ('~a-1~s2', 7, 0, null, null, null, 1), ('~s2~s3', 5, 0, null, null, null, 1)`);
  expect(database.prepare('select * from cursors').all()).toEqual([
    { room: '~a-1~s2', account: 'a-1', seq: 7 },
  ]);
});

test('brings the log of the first release along as it is', async () => {
  using database = await migrateFrom(`
    insert into rooms (room, seq, members, created_at) values ('lobby', 1, 0, 1);
    insert into events (room, seq, at, id, kind, session, person, nick, text)
    values ('lobby', 1, 1, 'id1', 'message', 's1', 's1', 'ann', 'hi')`);
  await using db = new Kysely<Database>({ dialect: sqliteDialect(database) });
  const read = createReader(db, 'epoch', sqliteFlavour, async () => ({ hits: [], upTo: 0 }));
  expect((await read.page('lobby', { after: 0, limit: 9 })).events).toEqual([
    {
      ...{ room: 'lobby', seq: 1, at: 1, id: 'id1', kind: 'message' },
      ...{ session: 's1', person: 's1', nick: 'ann', text: 'hi' },
    },
  ]);
});
