import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isProblem } from '@partyline/protocol';
import { expect, test } from 'vitest';
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
