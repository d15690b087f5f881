import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { migrate, migrations } from './migrator.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite/driver.ts';
import { sqliteFlavour } from './sqlite/flavour.ts';

test('whoever ran a room before there were roles owns it', async () => {
  using database = new DatabaseSync(':memory:');
  const db = new Kysely<Database>({ dialect: sqliteDialect(database) });
  const provider = { getMigrations: async () => migrations(sqliteFlavour) };
  await new Migrator({ db, provider }).migrateTo('0006-cursors');
  await sql`insert into rooms (room, seq, members, created_at, owner)
    values ('den', 3, 0, 1, 'a-1'), ('lobby', 7, 0, 1, null)`.execute(db);
  await migrate(db, sqliteFlavour);
  expect(await db.selectFrom('roles').selectAll().execute()).toEqual([
    { room: 'den', person: 'a-1', role: 'owner' },
  ]);
  expect(database.prepare('select room, seq, slow_ms from rooms').all()).toEqual([
    { room: 'den', seq: 3, slow_ms: 0 },
    { room: 'lobby', seq: 7, slow_ms: 0 },
  ]);
});
