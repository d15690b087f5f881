import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { rehearse } from '../../line/rehearsal.ts';
import { openPostgresStore } from './open.ts';
import { openPipelines, type Pipelines } from './pipeline.ts';
import { connectionTo } from './pool.ts';

let server: PostgresServer;
let pipelines: Pipelines;
beforeAll(async () => {
  server = await startPostgres();
  await server.create('pipes');
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.query('pipes', 'drop table if exists kept; create table kept (n int primary key)');
  pipelines = openPipelines({ ...connectionTo(server.urlOf('pipes')), max: 1 }, () => {});
});
afterEach(() => pipelines[Symbol.asyncDispose]());

const kept = async (): Promise<readonly unknown[]> =>
  (await server.query('pipes', 'select n from kept order by n')).map(({ n }) => n);

test('keeps what was told, in order, and answers what was asked behind it', async () => {
  const found = await pipelines.run(async ({ asking, telling }) => {
    await sql`insert into kept values (1)`.execute(telling);
    await sql`update kept set n = n + 1`.execute(telling);
    return (await sql<{ n: number }>`select n from kept`.execute(asking)).rows;
  });
  expect(found).toEqual([{ n: 2 }]);
  expect(await kept()).toEqual([2]);
});

test('a statement that nobody waited for fails its transaction, and is what is told of', async () => {
  const failed = pipelines.run(async ({ asking, telling }) => {
    await sql`insert into kept values (1), (1)`.execute(telling);
    await sql`select n from kept`.execute(asking);
  });
  await expect(failed).rejects.toThrow('duplicate key');
  expect(await kept()).toEqual([]);
});

test('what was sent may fail before anybody asks for its answer', async () => {
  const failed = pipelines.run(async ({ send, telling }) => {
    const answer = send(sql`select 1 / 0`.compile(telling));
    return () => answer;
  });
  await expect(failed).rejects.toThrow('division by zero');
});

test('a transaction whose failure was overlooked is not taken for committed', async () => {
  const failed = pipelines.run(async ({ asking, telling }) => {
    await sql`insert into kept values (1)`.execute(telling);
    await sql`select 1 / 0`.execute(asking).catch(() => {});
  });
  await expect(failed).rejects.toThrow('rolled back');
  expect(await kept()).toEqual([]);
});

test('the connection of a transaction that failed is used again', async () => {
  const pid = () =>
    pipelines.run(async ({ asking }) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(asking);
      return rows[0]?.pid;
    });
  const before = await pid();
  const failed = pipelines.run(async () => {
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await pid()).toBe(before);
});

test('a transaction whose connection breaks fails, and the next has another one', async () => {
  const failed = pipelines.run(async ({ telling, asking }) => {
    await sql`insert into kept values (1)`.execute(telling);
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(asking);
  });
  await expect(failed).rejects.toThrow();
  await pipelines.run(({ telling }) => sql`insert into kept values (2)`.execute(telling));
  expect(await kept()).toEqual([2]);
});

/** Counts how often a connection of the line, which had all its answers, sends something. */
const countWays = (): { ways: number } => {
  const counted = { ways: 0 };
  let unanswered = 0;
  const { query } = pg.Client.prototype;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client & { pipeline: boolean },
    ...asked: unknown[]
  ) {
    const answer = Reflect.apply(query, this, asked) as Promise<unknown>;
    if (!this.pipeline) return answer;
    if (unanswered === 0) counted.ways += 1;
    unanswered += 1;
    const answered = () => {
      unanswered -= 1;
    };
    answer.then(answered, answered);
    return answer;
  });
  return counted;
};

test('what a session says is written in three ways to the server and back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true }));
  const url = await server.create('ways');
  const store = cleanup.use(
    await openPostgresStore({ url, folder, leaseMs: 60_000, onError: () => {} }),
  );
  const { line, hello, open, say } = rehearse({ store });
  cleanup.use(line);
  await hello('i1');
  await open('ann');
  const counted = countWays();
  cleanup.defer(async () => void vi.restoreAllMocks());
  await say('ann', 'hello');
  // The locks and what the say names; who that is and whether it was said before; the log and the commit.
  expect(counted.ways).toBe(3);
});
