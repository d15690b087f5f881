import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tale } from '../peers.ts';
import type { Changes, Scope, Store } from '../port.ts';
import { event, nothing, room } from '../test/conformance.ts';
import { migratePostgres } from './migrate.ts';
import { openPostgresStore } from './open.ts';
import { connectionTo } from './pool.ts';

let server: PostgresServer;
let folder: string;
let url: string;
let open: Store[];
let made = 0;
beforeAll(async () => {
  server = await startPostgres();
  await migratePostgres(connectionTo(await server.create('migrated')));
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
  made += 1;
  url = await server.create(`store_${made}`, 'migrated');
  open = [];
});
afterEach(async () => {
  for (const it of open) await it[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
  await server.drop(`store_${made}`);
});

const start = async (
  its: Partial<Parameters<typeof openPostgresStore>[0]> = {},
): Promise<Store> => {
  const store = await openPostgresStore({
    ...{ url, folder, leaseMs: 60_000, onError: () => {}, ...its },
  });
  open.push(store);
  return store;
};

const append = (store: Store, seq: number, name = 'lobby'): Promise<void> => {
  const changes: Changes = {
    ...nothing,
    events: [event(seq, { room: name })],
    rooms: [room(name, { seq })],
  };
  return store.write((tx) => tx.apply(changes));
};

/** Holds a transaction open until it is told to end. */
const hold = async (store: Store, scope?: Scope) => {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const done = store.write(async (tx) => {
    await tx.rooms(['lobby']);
    begun.resolve();
    await end.promise;
  }, scope);
  await begun.promise;
  return { end: () => end.resolve(), done };
};

/** Until a statement of another transaction waits for a lock. */
const someoneWaits = () =>
  expect
    .poll(() =>
      server.query(
        `store_${made}`,
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      ),
    )
    .not.toEqual([]);

const tale = (text: string, its: Partial<Tale> = {}): Tale => ({
  ...{ text, opened: [], closed: [], isDurable: true },
  ...its,
});
const tell = (store: Store, it: Tale): Promise<void> =>
  store.write(async (tx) => tx.peers?.tell(it));

const hear = async (store: Store): Promise<readonly string[]> => {
  const heard = await store.peers?.hear();
  heard?.take();
  return heard?.texts ?? [];
};

const lobby = { rooms: ['lobby'] };

test('two cores write to one room one after the other, so that no number is seen before the last', async () => {
  const [one, other] = [await start(), await start()];
  await append(one, 1);
  const first = await hold(one, lobby);
  let isIn = false;
  const second = other.write(async (tx) => {
    const rooms = await tx.rooms(['lobby']);
    isIn = true;
    return rooms;
  }, lobby);
  await someoneWaits();
  expect(isIn).toBe(false);
  first.end();
  await first.done;
  expect(await second).toMatchObject([{ room: 'lobby', seq: 1 }]);
});

test('batches about different rooms are written beside each other', async () => {
  const [one, other] = [await start(), await start()];
  await append(one, 1);
  await append(one, 1, 'ops');
  const first = await hold(one, lobby);
  const isWritten = await other.write(async () => true, { rooms: ['ops'] });
  expect(isWritten).toBe(true);
  first.end();
  await first.done;
});

test('a batch that may change everything waits for all others', async () => {
  const [one, other] = [await start(), await start()];
  const first = await hold(one, { rooms: ['ops'] });
  let isIn = false;
  const second = other.write(async (tx) => {
    await tx.rooms(['lobby']);
    isIn = true;
  });
  await someoneWaits();
  expect(isIn).toBe(false);
  first.end();
  await second;
});

test('a core hears what others told, in order and once, and not what it told itself', async () => {
  const [one, other] = [await start(), await start()];
  for (const store of [one, other]) await store.peers?.beat();
  await tell(one, tale('a'));
  await tell(other, tale('b'));
  await tell(one, tale('c'));
  expect(await hear(other)).toEqual(['a', 'c']);
  expect(await hear(other)).toEqual([]);
  expect(await hear(one)).toEqual(['b']);
  const late = await start();
  await tell(one, tale('d'));
  expect(await hear(late)).toEqual(['d']);
});

test('what was heard and not taken in is heard again', async () => {
  const [one, other] = [await start(), await start()];
  await one.peers?.beat();
  await tell(one, tale('a'));
  expect((await other.peers?.hear())?.texts).toEqual(['a']);
  expect(await hear(other)).toEqual(['a']);
});

test('nothing is heard of a batch that failed', async () => {
  const [one, other] = [await start(), await start()];
  await one.peers?.beat();
  const failed = one.write(async (tx) => {
    await tx.peers?.tell(tale('never'));
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await hear(other)).toEqual([]);
});

test('a core is woken when another has told something', async () => {
  const [one, other] = [await start(), await start()];
  await one.peers?.beat();
  const woken = new Promise<void>((resolve) =>
    other.peers?.onTold(() => void hear(other).then((it) => it.length > 0 && resolve())),
  );
  await tell(one, tale('a'));
  await woken;
});

test('knows which instances have their stream at another core that is there', async () => {
  const [one, other] = [await start(), await start()];
  await one.peers?.beat();
  await tell(one, tale('a', { opened: ['i1', 'i2'] }));
  expect((await other.peers?.hear())?.attached.toSorted()).toEqual(['i1', 'i2']);
  expect((await one.peers?.hear())?.attached).toEqual([]);
  await tell(one, tale('b', { closed: ['i2'] }));
  expect((await other.peers?.hear())?.attached).toEqual(['i1']);
  await one[Symbol.asyncDispose]();
  open.shift();
  expect((await other.peers?.hear())?.attached).toEqual([]);
});

test('a stream that began elsewhere meanwhile is not closed by who had it before', async () => {
  const [one, other] = [await start(), await start()];
  for (const store of [one, other]) await store.peers?.beat();
  await tell(one, tale('a', { opened: ['i1'] }));
  await tell(other, tale('b', { opened: ['i1'] }));
  await tell(one, tale('c', { closed: ['i1'] }));
  expect((await one.peers?.hear())?.attached).toEqual(['i1']);
});

test('the core that was there first leads, and the next when it is gone', async () => {
  const stores = [await start(), await start(), await start()];
  const beats = async () => {
    const leads: (boolean | undefined)[] = [];
    for (const it of open) leads.push((await it.peers?.beat())?.leads);
    return leads;
  };
  expect(await stores[0]?.peers?.beat()).toEqual({ leads: true, wasNobody: true });
  expect(await stores[1]?.peers?.beat()).toEqual({ leads: false, wasNobody: false });
  expect(await beats()).toEqual([true, false, false]);
  await open.shift()?.[Symbol.asyncDispose]();
  expect(await beats()).toEqual([true, false]);
});

test('a core that was taken to be gone leads no more when it is back', async () => {
  const late = await start({ leaseMs: 1 });
  expect((await late.peers?.beat())?.leads).toBe(true);
  const store = await start();
  await expect.poll(async () => (await store.peers?.beat())?.leads).toBe(true);
  expect((await late.peers?.beat())?.leads).toBe(false);
});

test('knows when no core was there for as long as a sign of life holds', async () => {
  const store = await start({ leaseMs: 1 });
  await store.peers?.beat();
  await expect.poll(async () => (await store.peers?.beat())?.wasNobody).toBe(true);
});

test('tables of a log that begins under load are looked at before a minute has passed', async () => {
  const store = await start();
  const events = Array.from({ length: 500 }, (_, n) => event(n + 1, { room: 'lobby' }));
  const changes: Changes = { ...nothing, events, rooms: [room('lobby', { seq: 500 })] };
  await store.write((tx) => tx.apply(changes));
  await expect
    .poll(() =>
      server.query(`store_${made}`, "select reltuples from pg_class where relname = 'events'"),
    )
    .toEqual([{ reltuples: 500 }]);
});

test('what is kept no longer leaves no words', async () => {
  const store = await start();
  const changes: Changes = {
    ...nothing,
    events: [1, 2, 3].map((n) => event(n, { room: 'lobby', text: `word${n}` })),
    rooms: [room('lobby', { seq: 3, keepCount: 1 })],
  };
  await store.write((tx) => tx.apply(changes));
  await store.write((tx) => tx.trim('', 0));
  expect(await server.query(`store_${made}`, 'select seq, words::text from words')).toEqual([
    { seq: '3', words: "'word3':1" },
  ]);
});

test('begins a new epoch when the database is an older copy', async () => {
  const store = await start();
  await append(store, 1);
  await append(store, 2);
  const { epoch } = store;
  await store[Symbol.asyncDispose]();
  open = [];
  await server.query(`store_${made}`, 'update rooms set seq = 1; delete from events where seq = 2');
  expect((await start()).epoch).not.toBe(epoch);
});

test('writes nothing to a database that became another log under it', async () => {
  const store = await start();
  await server.query(`store_${made}`, "update meta set value = 'other' where key = 'epoch'");
  await expect(store.peers?.hear()).rejects.toThrow('another log');
});

test('says what is wrong with a database that cannot be used, and never its password', async () => {
  const password = 'not-the-password-of-it';
  const wrong = url.replace('postgres:postgres@', `postgres:${password}@`);
  const refused = await start({ url: wrong }).catch((error: unknown) => error);
  expect(String(refused)).toMatch(/PARTYLINE_DATABASE.*password authentication failed/);
  expect(String(refused)).not.toContain(password);
  await expect(start({ url: 'postgres://u:p@127.0.0.1:1/nowhere' })).rejects.toThrow(
    /127\.0\.0\.1:1\/nowhere \(PARTYLINE_DATABASE\).*ECONNREFUSED/,
  );
});
