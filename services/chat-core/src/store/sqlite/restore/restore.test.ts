import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { appendFile, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isProblem } from '@partyline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../port.ts';
import { event, nothing, room } from '../../test/conformance.ts';
import { openSqliteStore } from '../open.ts';
import { draftOf, finishRestore } from './put-in-place.ts';
import { restore } from './restore.ts';

const command = fileURLToPath(new URL('../../../offline/restore.ts', import.meta.url));

let root: string;
let data: string;
/** A backup of three events. */
let backup: string;
let epoch: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'partyline-restore-'));
  data = join(root, 'data');
  await using store = await openSqliteStore(data);
  await append(store, 1, 3);
  const made = await store.backups?.make(false);
  if (made === undefined || isProblem(made)) throw new Error(JSON.stringify(made));
  backup = join(data, 'backups', made.name);
  await append(store, 4, 2);
  epoch = store.epoch;
});
afterEach(() => rm(root, { recursive: true }));

const append = (store: Store, from: number, count: number): Promise<void> =>
  store.write((tx) =>
    tx.apply({
      ...nothing,
      rooms: [room('lobby', { seq: from + count - 1 })],
      events: Array.from({ length: count }, (_, n) => event(from + n)),
    }),
  );

/** The log of a folder: its numbers, and its epoch. */
const logIn = async (folder: string) => {
  await using store = await openSqliteStore(folder);
  const page = await store.read.page('lobby', { after: 0, limit: 99 });
  return { seqs: page.events.map((it) => it.seq), epoch: store.epoch };
};

test('what is restored elsewhere is the log as it was then, under another epoch', async () => {
  const elsewhere = join(root, 'elsewhere');
  expect(await restore(backup, elsewhere)).toEqual({
    ...{ rooms: 1, events: 3, lastAt: 1_003, aside: undefined },
  });
  const log = await logIn(elsewhere);
  expect(log.seqs).toEqual([1, 2, 3]);
  expect(log.epoch).not.toBe(epoch);
  expect(await logIn(data)).toEqual({ seqs: [1, 2, 3, 4, 5], epoch });
});

test('the database that was there is put aside with all that was in its WAL', async () => {
  const killed = join(root, 'killed');
  await using store = await openSqliteStore(data);
  await append(store, 6, 1);
  // As a chat-core leaves it that was killed.
  const names = (await readdir(data)).filter((it) => it.startsWith('partyline.db'));
  expect(names).toContain('partyline.db-wal');
  await mkdirWith(
    killed,
    names.map((it) => join(data, it)),
  );

  const { aside = '' } = await restore(backup, killed);
  expect((await logIn(killed)).seqs).toEqual([1, 2, 3]);
  expect((await logIn(aside)).seqs).toEqual([1, 2, 3, 4, 5, 6]);
});

const mkdirWith = async (folder: string, files: readonly string[]): Promise<void> => {
  await (await openSqliteStore(folder))[Symbol.asyncDispose]();
  for (const it of files) await copyFile(it, join(folder, it.split('/').at(-1) ?? ''));
};

test.for([0, 1, 2, 3])(
  'one that ends after %i steps of putting it in place is finished by the next chat-core',
  async (steps) => {
    for (const end of ['-wal', '-shm']) await appendFile(join(data, `partyline.db${end}`), '');
    await copyFile(backup, draftOf(data));
    renameSync(draftOf(data), join(data, 'partyline.db.restored'));
    let done = 0;
    const rename = (from: string, to: string): void => {
      if (done === steps) throw new Error('killed');
      done += 1;
      renameSync(from, to);
    };
    expect(() => finishRestore(data, rename as typeof renameSync)).toThrow('killed');
    expect((await logIn(data)).seqs).toEqual([1, 2, 3]);
    const [aside = ''] = (await readdir(data)).filter((it) => it.startsWith('before-restore'));
    expect((await logIn(join(data, aside))).seqs).toEqual([1, 2, 3, 4, 5]);
  },
);

test('a process that is killed at any moment leaves the old log or the new one, whole', async () => {
  for (let round = 0; round < 6; round++) {
    const env = { PATH: process.env.PATH, PARTYLINE_DATA: data };
    const child = spawn(process.execPath, [command, backup], { env, stdio: 'ignore' });
    const exit = once(child, 'exit');
    // A moment that it can't foresee, of the second or so that it takes.
    await Promise.race([exit, sleep(Math.random() * 1_000)]);
    child.kill('SIGKILL');
    await exit;
    const { seqs } = await logIn(data);
    expect([3, 5]).toContain(seqs.length);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  }
}, 120_000);

/** Changes a copy of the backup; gives the copy. */
const changed = async (sql: string): Promise<string> => {
  const file = join(root, 'changed.db');
  await copyFile(backup, file);
  using database = new DatabaseSync(file);
  database.exec(sql);
  return file;
};

test.for<[string, () => Promise<string>]>([
  ['is not there', async () => join(root, 'nowhere.db')],
  [
    'is not an SQLite database',
    async () => {
      const file = join(root, 'text.db');
      await writeFile(file, 'no database');
      return file;
    },
  ],
  ['is a database of another program', () => changed('pragma application_id = 7')],
  [
    "can't be used:",
    async () => {
      const file = join(root, 'damaged.db');
      const bytes = await readFile(backup);
      await writeFile(file, bytes.fill(0xa5, bytes.length / 2));
      return file;
    },
  ],
  [
    'its SHA-256 is not the one in',
    async () => {
      await appendFile(backup, 'x');
      return backup;
    },
  ],
  [
    'written by a newer chat-core than this one (its schema has 9999-flying)',
    () => changed(`insert into kysely_migration values ('9999-flying', '2030-01-01')`),
  ],
  [
    'a log with holes: lobby ends at 3, and has 2 events from 1 to 3',
    () => changed('delete from events where seq = 2'),
  ],
  [
    'a log with holes: lobby ends at 7, and has 3 events',
    () => changed('update rooms set seq = 7'),
  ],
  ['a log with holes: lobby ends at', () => changed('delete from rooms')],
])('a backup that %s is refused, and nothing is changed', async ([what, make]) => {
  const file = await make();
  const before = await readdir(data);
  await expect(restore(file, data)).rejects.toThrow(what);
  await expect(restore(file, data)).rejects.toThrow('Nothing was changed');
  expect(await readdir(data)).toEqual(before);
  expect(await logIn(data)).toEqual({ seqs: [1, 2, 3, 4, 5], epoch });
});

test('a log of which the beginning is kept no longer is whole', async () => {
  const file = await changed('delete from events where seq < 3');
  expect(await restore(file, data)).toMatchObject({ events: 1 });
  expect((await logIn(data)).seqs).toEqual([3]);
});

test('while chat-core runs nothing is restored', async () => {
  await using store = await openSqliteStore(data);
  await expect(restore(backup, data)).rejects.toThrow(/in use by another chat-core.*Stop that one/);
  await append(store, 6, 1);
});
