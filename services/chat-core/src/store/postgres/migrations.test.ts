import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations, takeSteps } from '../migrator.ts';
import { createReader } from '../reader.ts';
import { postgresFlavour } from './flavour.ts';
import { migratePostgres, ownMigrations } from './migrate.ts';
import { connectionTo, openPool } from './pool.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

const steps = Object.entries(migrations(postgresFlavour));

/** What can differ between two ways to a schema. */
const shapeOf = (database: string) =>
  server.query(
    database,
    `select table_name, column_name, data_type, is_nullable, collation_name
     from information_schema.columns where table_schema = 'public'
     order by table_name, column_name`,
  );

test.for(steps.map(([name], index) => [name, index + 1] as const))(
  'brings a database that stands at %s to the newest schema, with its log',
  async ([name, count]) => {
    const database = `from_${name}`;
    const config = connectionTo(await server.create(database));
    await using db = openPool({ ...config, max: 2 }, () => {});
    await takeSteps(db, Object.fromEntries(steps.slice(0, count)));
    await sql`insert into rooms (room, seq, members, created_at) values ('lobby', 1, 0, 1)`.execute(
      db,
    );
    await sql`insert into events (room, seq, at, id, kind, session, person, nick, text)
      values ('lobby', 1, 7, 'id1', 'message', 's1', 's1', 'ann', 'hi')`.execute(db);
    await migratePostgres(config);
    const read = createReader(db, 'epoch', postgresFlavour, async () => ({ hits: [], upTo: 0 }));
    expect((await read.page('lobby', { after: 0, limit: 9 })).events).toMatchObject([
      { seq: 1, at: 7, id: 'id1', nick: 'ann', text: 'hi' },
    ]);
    expect(await shapeOf(database)).toEqual(await shapeOf('newest'));
  },
);

beforeAll(async () => {
  await migratePostgres(connectionTo(await server.create('newest')));
});

test('chat-cores that start at once take turns', async () => {
  const config = connectionTo(await server.create('at_once'));
  await Promise.all([1, 2, 3].map(() => migratePostgres(config)));
  expect(await shapeOf('at_once')).toEqual(await shapeOf('newest'));
  const taken = await server.query('at_once', 'select name from postgres_migration');
  expect(taken).toHaveLength(Object.keys(ownMigrations()).length);
});

test('every text is compared byte by byte', async () => {
  const columns = await shapeOf('newest');
  const texts = columns.filter((it) => it.data_type === 'text');
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter((it) => it.collation_name !== 'C')).toEqual([]);
});

test('whatever belongs to a room has the room in every key', async () => {
  const keys = await server.query(
    'newest',
    `select indrelid::regclass::text as table, array_agg(attname::text) as columns
     from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indisunique and indrelid in (
       select attrelid from pg_attribute where attname = 'room' and attrelid::regclass::text not like 'pg\\_%'
     )
     group by indrelid, indexrelid`,
  );
  const ofRooms = keys.filter((it) => it.table !== 'audit');
  expect(ofRooms.length).toBeGreaterThan(8);
  expect(ofRooms.filter((it) => !(it.columns as string[]).includes('room'))).toEqual([]);
});
