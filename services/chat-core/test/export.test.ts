import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { importIntoPostgres } from '../src/store/postgres/transfer.ts';
import { importIntoFolder } from '../src/store/sqlite/transfer.ts';
import { ADMIN_TOKEN, envelope, openOf, sayOf, startTestCore } from './core.ts';

type TestCore = Awaited<ReturnType<typeof startTestCore>>;

let server: PostgresServer;
let root: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'partyline-export-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** One write after the other in two rooms, until `stop`. */
const keepTalking = (core: TestCore) => {
  let isOver = false;
  let said = 0;
  const talking = (async () => {
    while (!isOver) {
      await core.publish('i1', [
        sayOf('ann', `l${said}`, `said ${said} 你好 "quoted"`),
        envelope('ann', `d${said}`, { type: 'say', room: 'den', text: `in the den ${said}` }),
      ]);
      said += 1;
      await turn();
    }
  })();
  return {
    said: async (count: number): Promise<void> => {
      while (said < count) await turn();
    },
    stop: async (): Promise<void> => {
      isOver = true;
      await talking;
    },
  };
};

const startTalk = async (core: TestCore) => {
  await core.hello('i1');
  await core.publish('i1', [openOf('ann'), envelope('ann', 'j', { type: 'join', room: 'den' })]);
  return keepTalking(core);
};

type Page = { events: { seq: number; at: number; nick: string; text: string }[]; next?: number };

/** A room's log, page by page. */
const logOf = async (core: TestCore, room: string): Promise<Page['events']> => {
  const events: Page['events'] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const answer = await core.admin(`/v1/rooms/${room}/events?after=${after}&limit=100`);
    const page = (await answer.json()) as Page;
    events.push(...page.events);
    after = page.next;
  }
  return events;
};

async function* bytesOf(lines: string): AsyncGenerator<Buffer> {
  yield Buffer.from(lines);
}

test('what SQLite exports while people talk is in Postgres event by event, and in SQLite again', async () => {
  await using core = await startTestCore();
  const talk = await startTalk(core);
  await talk.said(200);
  const exported = await (await core.admin('/v1/export')).text();
  const { json } = await core.order('GET', '/v1/overview');
  await talk.said(210);
  await talk.stop();

  const url = await server.create('imported');
  const counts = await importIntoPostgres(url, bytesOf(exported), false);
  await using inPostgres = await startTestCore(join(root, 'postgres'), url);
  for (const room of ['lobby', 'den']) {
    const [before, after] = [await logOf(core, room), await logOf(inPostgres, room)];
    expect(after.length).toBeGreaterThanOrEqual(200);
    expect(after.length).toBeLessThan(before.length);
    expect(after).toEqual(before.slice(0, after.length));
  }
  expect(counts.events).toBeGreaterThanOrEqual(400);
  const found = await inPostgres.order('GET', '/v1/search?q=quoted&limit=1');
  expect(found.json).toMatchObject({ events: [{ room: 'lobby' }] });
  const there = await inPostgres.order('GET', '/v1/overview');
  expect(there.json.epoch).not.toBe(json.epoch);

  const back = await (await inPostgres.admin('/v1/export')).text();
  await importIntoFolder(join(root, 'sqlite'), bytesOf(back), true);
  await using again = await startTestCore(join(root, 'sqlite'));
  for (const room of ['lobby', 'den'])
    expect(await logOf(again, room)).toEqual(await logOf(inPostgres, room));
  expect((await again.order('GET', '/v1/overview')).json.epoch).toBe(there.json.epoch);
}, 120_000);

test('an export is compressed for those who take that', async () => {
  await using core = await startTestCore();
  const talk = await startTalk(core);
  await talk.said(5);
  await talk.stop();
  const encoded = async (offered: string) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'accept-encoding': offered };
    const asked = request(`http://127.0.0.1:${core.adminPort}/v1/export`, { headers }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return [answer.headers['content-encoding'], await buffer(answer)] as const;
  };
  const [none, plain] = await encoded('identity');
  expect(none).toBeUndefined();
  const [gzip, gzipped] = await encoded('gzip');
  expect([gzip, gunzipSync(gzipped).equals(plain)]).toEqual(['gzip', true]);
  const [zstd, compressed] = await encoded('gzip, zstd;q=0.5');
  expect([zstd, zstdDecompressSync(compressed).equals(plain)]).toEqual(['zstd', true]);
});

test('chat-core ends in time while somebody takes an export slowly, who can tell that it is not whole', async () => {
  const core = await startTestCore();
  await core.hello('i1');
  const text = 'x'.repeat(1_000);
  const much = Array.from({ length: 800 }, (_, n) => n);
  await core.publish('i1', [openOf('ann')]);
  for (let batch = 0; batch < 10; batch++)
    await core.publish(
      'i1',
      much.map((n) => sayOf('ann', `${batch}-${n}`, text)),
    );
  const answer = await core.admin('/v1/export');
  const reader = answer.body?.getReader();
  await reader?.read();
  await core[Symbol.asyncDispose]();
  const rest = (async () => {
    while (!(await reader?.read())?.done);
  })();
  await expect(rest).rejects.toThrow('terminated');
});
