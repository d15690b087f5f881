import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rehearse } from '../../../line/rehearsal.ts';
import type { Store } from '../../port.ts';
import { openSqliteStore } from '../open.ts';
import { SearchIndex } from './search-index.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-search-'));
  store = await openSqliteStore(folder);
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Says `tea` so many times. */
const say = async (count: number): Promise<void> => {
  const it = rehearse({ store });
  const name = `ann${count}`;
  await it.hello('i1');
  await it.open(name);
  const envelopes = Array.from({ length: count }, () =>
    it.envelope(name, { type: 'say', room: 'lobby', text: 'tea' }, randomUUID()),
  );
  await it.line.publish('i1', envelopes);
};

const openIndex = (epoch = store.epoch): SearchIndex =>
  new SearchIndex(join(folder, 'partyline.db'), join(folder, 'own.db'), epoch);

const found = (index: SearchIndex): number =>
  index.find({ terms: [{ words: ['tea'], opens: false }], limit: 10_000 }).length;

test('follows the log in bounded steps, and goes on where it was', async () => {
  await say(5_000);
  {
    using index = openIndex();
    expect(index.step()).toBe(true);
    expect(index.waiting).toBeGreaterThan(0);
    expect(index.upTo('lobby')).toBe(2_000);
    expect(found(index)).toBe(2_000);
  }
  using index = openIndex();
  expect(index.upTo('lobby')).toBe(2_000);
  while (index.step());
  expect(found(index)).toBe(5_000);
  await say(1);
  expect(index.step()).toBe(false);
  expect(index.waiting).toBe(0);
  expect(index.upTo('lobby')).toBe(5_001);
});

test('is made anew for another log, and where its file is no index', async () => {
  await say(3);
  {
    using index = openIndex();
    index.step();
  }
  {
    using index = openIndex('another epoch');
    expect(index.upTo('lobby')).toBe(0);
  }
  await writeFile(join(folder, 'own.db'), 'these are not the bytes you look for');
  using index = openIndex();
  index.step();
  expect(found(index)).toBe(3);
});

test('what the server keeps no longer is found no more, in rooms that keep everything themselves', async () => {
  const it = rehearse({ store });
  await it.hello('i1');
  await it.open('ann');
  for (const text of ['tea', 'more tea', 'still tea']) await it.say('ann', text);
  using index = openIndex();
  while (index.step());
  const retention = { roomsMs: 1, privateMs: 0, auditMs: 0 };
  const now = Number.MAX_SAFE_INTEGER;
  await store.write((tx) => tx.expire('', { now, retention }));
  while (index.step());
  expect(found(index)).toBe(3);
  index.trimmed(['lobby']);
  while (index.step());
  expect(found(index)).toBe(1);
});

test('what is taken back or kept no longer is nowhere in its file any more', async () => {
  const it = rehearse({ store });
  await it.hello('i1');
  await it.open('ann');
  for (const text of ['qwhispered', 'other', 'tea']) await it.say('ann', text);
  await it.ask('ann', { type: 'edit', room: 'lobby', ref: 1, text: 'qmurmured' });
  using index = openIndex();
  while (index.step());
  const isKept = async (word: string): Promise<boolean> => {
    const names = (await readdir(folder)).filter((name) => name.startsWith('own.db'));
    const files = names.map((name) => readFile(join(folder, name), 'latin1'));
    return (await Promise.all(files)).some((bytes) => bytes.includes(word));
  };
  for (const word of ['qwhispered', 'qmurmured', 'other', 'tea'])
    expect([word, await isKept(word)]).toEqual([word, true]);

  await it.ask('ann', { type: 'delete', room: 'lobby', ref: 1 });
  while (index.step());
  // Only their beginnings are indexed beside them: what is left of them would be longer.
  for (const word of ['whisper', 'murmur'])
    expect([word, await isKept(word)]).toEqual([word, false]);
  expect(found(index)).toBe(1);

  await it.operate({ type: 'configure', room: 'lobby', keepCount: 3 });
  await store.write((tx) => tx.trim('', Date.now()));
  while (index.step());
  expect(await isKept('other')).toBe(false);
  expect(found(index)).toBe(1);
});
