import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isProblem } from '@partyline/protocol';
import { expect, test, vi } from 'vitest';
import { FileStore, UNFINISHED_MS } from './store.ts';

test('a file is kept for so long, and what never became whole for a day', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
  parts.defer(() => rm(folder, { recursive: true }));
  let now = Date.now();
  const store = await FileStore.open({
    ...{ folder, types: [], keepMs: 1_000, now: () => now },
    ...{ fileBytes: 100, placeBytes: 100, totalBytes: 100 },
  });
  const file = await store.receive(Readable.from(['hello']), { name: 'x.txt', place: 'a' });
  const upload = await store.begin({ name: 'y.txt', place: 'a', bytes: 3 });
  if (isProblem(file) || isProblem(upload)) return expect.unreachable('both are taken');

  await store.sweep();
  expect(await store.find(file.id)).toEqual(file);
  expect(store.quota.totalBytes).toBe(5);
  now += 1_000;
  await store.sweep();
  expect(await store.find(file.id)).toBeUndefined();
  expect(store.quota.totalBytes).toBe(0);
  expect(await store.upload(upload.id)).toEqual(upload);
  now += UNFINISHED_MS;
  await store.sweep();
  expect(await store.upload(upload.id)).toBeUndefined();
});

test('of several processes on one folder each knows, after a while, what all of them keep', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
  parts.defer(() => rm(folder, { recursive: true }));
  const open = () =>
    FileStore.open({
      ...{ folder, types: [], keepMs: 0, now: Date.now },
      ...{ fileBytes: 100, placeBytes: 8, totalBytes: 100 },
    });
  const [one, other] = [await open(), await open()];
  const file = await one.receive(Readable.from(['hello']), { name: 'x.txt', place: 'a' });
  if (isProblem(file)) return expect.unreachable('it is taken');
  await other.sweep();
  expect(other.quota.refusal('a', 4)).toMatchObject({ code: 'files-too-many' });
  await other.remove(file);
  await one.sweep();
  expect(one.quota.totalBytes).toBe(0);

  const { promise, resolve } = Promise.withResolvers<void>();
  const slowly = one.receive(
    Readable.from(
      (async function* () {
        yield 'half';
        await promise;
        yield 'half';
      })(),
    ),
    { name: 'y.txt', place: 'a' },
  );
  await vi.waitFor(() => expect(one.quota.totalBytes).toBe(4));
  await one.sweep();
  expect(one.quota.totalBytes).toBe(4);
  resolve();
  expect(isProblem(await slowly)).toBe(false);
  expect(one.quota.totalBytes).toBe(8);
});
