import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { limits, usualSettings } from '@partyline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Changes } from '../port.ts';
import { openSqliteStore } from './open.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (): string => join(folder, 'partyline.db');

const none = { put: [], drop: [] };
const nothing: Changes = {
  ...{
    events: [],
    erased: [],
    rooms: [],
    cursors: [],
    markers: [],
    certificates: { put: [], drop: [] },
  },
  accounts: { put: [], drop: [] },
  ...{ sessions: none, names: none, members: none, instances: none },
  ...{ invitations: none, lockouts: none },
  hooks: { hooks: none, begun: [], cursors: [] },
  watches: none,
  tokens: none,
  moderation: { roles: none, mutes: none, bans: none, paces: [], audit: [], forgotten: [] },
};

const write = async (text: string, events: number, after = 0): Promise<void> => {
  await using store = await openSqliteStore(folder);
  const rows = Array.from({ length: events }, (_, index) => ({
    ...{ room: 'lobby', seq: after + index + 1, at: 1, id: `id${after + index}` },
    kind: 'message' as const,
    ...{ session: 's', person: 's', nick: 'n', text, to: null, ref: null, mentions: null },
    card: null,
  }));
  const changes: Changes = {
    ...nothing,
    events: rows,
    rooms: [
      {
        ...{
          room: 'lobby',
          seq: after + events,
          lastAt: 1,
          members: 0,
          topic: null,
          topicBy: null,
          topicAt: null,
          slowMs: 0,
        },
        ...usualSettings,
        createdAt: 1,
      },
    ],
  };
  await store.write((tx) => tx.apply(changes));
};

test('is the same log, of the same epoch, when it is opened again', async () => {
  let epoch: string;
  {
    await using store = await openSqliteStore(folder);
    epoch = store.epoch;
  }
  await write('hello', 1);
  await using store = await openSqliteStore(folder);
  expect(store.epoch).toBe(epoch);
  expect((await store.read.page('lobby', { after: 0, limit: 1 })).events).toMatchObject([
    { text: 'hello' },
  ]);
});

test('begins a new epoch when an older copy was put in place of the database', async () => {
  await write('before', 2);
  const copy = await readFile(file());
  await using between = await openSqliteStore(folder);
  const { epoch } = between;
  await between[Symbol.asyncDispose]();
  await write('after', 3, 2);
  await writeFile(file(), copy);
  await using store = await openSqliteStore(folder);
  expect(store.epoch).not.toBe(epoch);
  const restored = store.epoch;
  await store[Symbol.asyncDispose]();
  await using again = await openSqliteStore(folder);
  expect(again.epoch).toBe(restored);
});

test('keeps its epoch when what was noted of it is lost or nonsense', async () => {
  await write('hello', 2);
  const epochNow = async (): Promise<string> => {
    await using store = await openSqliteStore(folder);
    return store.epoch;
  };
  const epoch = await epochNow();
  await rm(join(folder, 'partyline.end'));
  expect(await epochNow()).toBe(epoch);
  await writeFile(join(folder, 'partyline.end'), 'nonsense');
  expect(await epochNow()).toBe(epoch);
});

test('ends a page of long texts at its limit of bytes, never before the first event', async () => {
  const text = 'x'.repeat(limits.pageBytes / 4);
  await write(text, 6);
  await using store = await openSqliteStore(folder);
  const page = (query: Parameters<typeof store.read.page>[1]) => store.read.page('lobby', query);
  const forwards = await page({ after: 0, limit: 100 });
  expect(forwards.events.map((it) => it.seq)).toEqual([1, 2, 3, 4]);
  expect(forwards).toMatchObject({ first: 1, head: 6 });
  const backwards = await page({ before: 7, limit: 100 });
  expect(backwards.events.map((it) => it.seq)).toEqual([3, 4, 5, 6]);
});

test('keeps a second chat-core out of the folder', async () => {
  await using _first = await openSqliteStore(folder);
  await expect(openSqliteStore(folder)).rejects.toThrow(
    /in use by another chat-core.*Stop that one/,
  );
});

test('lets another chat-core in once the first has closed', async () => {
  await (await openSqliteStore(folder))[Symbol.asyncDispose]();
  await using store = await openSqliteStore(folder);
  expect(store.epoch).toMatch(/^[\da-f]{16}$/);
});

test.for([
  ['is not an SQLite database', async () => Buffer.from('these are not the bytes you look for')],
  ['is not an SQLite database', async () => Buffer.alloc(0)],
  [
    'is damaged',
    async () => {
      await write('x'.repeat(1_000), 200);
      const bytes = await readFile(file());
      return bytes.fill(0xa5, 8_192);
    },
  ],
  [
    'is a database of another program',
    async () => {
      const foreign = join(folder, 'foreign.db');
      new DatabaseSync(foreign).exec('create table theirs (x)');
      return readFile(foreign);
    },
  ],
] as const)('refuses a file that %s, and leaves it as it is', async ([what, make]) => {
  const bytes = await make();
  await writeFile(file(), bytes);
  const refused = expect(openSqliteStore(folder)).rejects;
  await refused.toThrow(`${file()} ${what}`);
  await expect(openSqliteStore(folder)).rejects.toThrow('Restore a backup');
  expect(await readFile(file())).toEqual(bytes);
});

test('what is taken back is nowhere in the database any more once the store has closed', async () => {
  const secret = `whispered ${'very '.repeat(2_000)}`;
  await write(secret, 3);
  {
    await using store = await openSqliteStore(folder);
    await store.write((tx) =>
      tx.apply({
        ...nothing,
        erased: [1, 2, 3].map((seq) => ({ room: 'lobby', seq })),
      }),
    );
  }
  // The search's index is another file, which forgets what the log says was taken back.
  for (const name of await readdir(folder)) {
    if (!name.startsWith('partyline.db')) continue;
    const bytes = await readFile(join(folder, name), 'latin1');
    expect(bytes.includes('whispered') || bytes.includes('very very')).toBe(false);
  }
});
