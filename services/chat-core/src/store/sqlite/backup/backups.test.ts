import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { isProblem } from '@partyline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backup, Backups } from '../../backups.ts';
import type { Store } from '../../port.ts';
import { event, nothing, room } from '../../test/conformance.ts';
import { openSqliteStore } from '../open.ts';
import { copyDatabase, SpaceNeeded } from './copy.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-backup-'));
  store = await openSqliteStore(folder);
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const inBackups = (name = ''): string => join(folder, 'backups', name);

/** Appends to the lobby, so many in one transaction. */
const append = (from: number, count: number): Promise<void> =>
  store.write((tx) =>
    tx.apply({
      ...nothing,
      rooms: [room('lobby', { seq: from + count - 1 })],
      events: Array.from({ length: count }, (_, n) => event(from + n, { text: 'x'.repeat(500) })),
    }),
  );

const made = async (backups: Backups | undefined, scheduled = false): Promise<Backup> => {
  const it = await backups?.make(scheduled);
  if (it === undefined || isProblem(it)) throw new Error(JSON.stringify(it));
  return it;
};

test('a backup is one moment of the log, whole, while others write', async () => {
  await append(1, 5_000);
  let isOver = false;
  let head = 5_000;
  const writing = (async () => {
    for (; !isOver; head += 10) {
      await append(head + 1, 10);
      await turn();
    }
  })();
  const before = head;
  const backup = await made(store.backups);
  isOver = true;
  await writing;

  expect(backup.events).toBeGreaterThanOrEqual(before);
  expect(backup.epoch).toBe(store.epoch);
  const bytes = await readFile(inBackups(backup.name));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(backup.sha256);
  expect(bytes).toHaveLength(backup.bytes);
  using copy = new DatabaseSync(inBackups(backup.name), { readOnly: true });
  expect(copy.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'delete' });
  expect(copy.prepare('select min(seq) a, max(seq) b, count(*) c from events').get()).toEqual({
    ...{ a: 1, b: backup.events, c: backup.events },
  });
  expect(head).toBeGreaterThan(before);
});

test('a backup that is put in place is a log of an epoch of its own, from then on the same', async () => {
  await append(1, 3);
  const backup = await made(store.backups);
  const elsewhere = await mkdtemp(join(folder, 'elsewhere-'));
  await copyFile(inBackups(backup.name), join(elsewhere, 'partyline.db'));
  const epochThere = async (): Promise<string> => {
    await using there = await openSqliteStore(elsewhere);
    const page = await there.read.page('lobby', { after: 0, limit: 9 });
    expect(page.events.map((it) => it.seq)).toEqual([1, 2, 3]);
    return there.epoch;
  };
  const epoch = await epochThere();
  expect(epoch).not.toBe(store.epoch);
  expect(await epochThere()).toBe(epoch);
});

test('one is made at a time; those there are are listed, the newest first, and deleted', async () => {
  const { backups } = store;
  const first = made(backups);
  expect(await backups?.make(false)).toMatchObject({ code: 'backup-running' });
  const second = await first.then(() => made(backups, true));
  const { name } = await first;
  expect(await backups?.list()).toEqual([second, await first]);
  expect(second).toMatchObject({ scheduled: true });
  expect(await backups?.remove(name)).toBe(true);
  expect(await backups?.remove(name)).toBe(false);
  expect(await backups?.find(name)).toBeUndefined();
  expect(await backups?.find('../partyline.db')).toBeUndefined();
  expect(await backups?.remove('../partyline.db')).toBe(false);
  expect((await readdir(inBackups())).sort()).toEqual([second.name, `${second.name}.json`]);
});

test('where there is no room nothing is begun', async () => {
  const target = join(folder, 'copy.db');
  const copied = copyDatabase(join(folder, 'partyline.db'), target, () => 1_000);
  await expect(copied).rejects.toThrow(SpaceNeeded);
  await expect(copied).rejects.toThrow('1000 are free');
  expect(await readdir(folder)).not.toContain('copy.db');
});

test('one that fails leaves nothing half, and the next is made', async () => {
  await symlink(join(folder, 'not mounted'), inBackups());
  expect(await store.backups?.make(false)).toMatchObject({
    code: 'backup-failed',
    message: expect.stringContaining('mkdir'),
  });
  await rm(inBackups());
  expect(await made(store.backups)).toMatchObject({ events: 0 });
});

test('what a process left that was killed is deleted; what is whole stays', async () => {
  const { name } = await made(store.backups);
  await store[Symbol.asyncDispose]();
  const part = 'partyline-20260102T030405678Z.db.part';
  for (const it of [part, `${part}-journal`, 'notes.txt']) await writeFile(inBackups(it), 'x');
  store = await openSqliteStore(folder);
  expect((await readdir(inBackups())).sort()).toEqual(['notes.txt', name, `${name}.json`]);
});

test('a store that is closed gives up the backup that is under way, and leaves nothing of it', async () => {
  const { name } = await made(store.backups);
  await append(1, 20_000);
  const making = store.backups?.make(false);
  await store[Symbol.asyncDispose]();
  expect(await making).toMatchObject({ code: 'backup-failed' });
  expect((await readdir(inBackups())).sort()).toEqual([name, `${name}.json`]);
  store = await openSqliteStore(folder);
});
