import { expect, test } from 'vitest';
import { createMemoryStore } from '../store/memory/store.ts';
import type { Retention } from '../store/retention.ts';
import { event, nothing, room } from '../store/test/conformance.ts';
import { expireAll } from './expiring.ts';

const forEver: Retention = { roomsMs: 0, privateMs: 0, auditMs: 0 };
const entry = (n: number) => ({
  ...{ n, at: 1_000 + n, by: 'ann', person: 's1', token: null, deed: 'ban', room: 'lobby' },
  ...{ target: null, detail: null, reason: '', id: null },
});

/** What is there, of ten of everything, a millisecond apart, when the last is a millisecond old. */
const left = async (retention: Partial<Retention>) => {
  const store = createMemoryStore();
  const seqs = Array.from({ length: 10 }, (_, index) => index + 1);
  await store.write((tx) =>
    tx.apply({
      ...nothing,
      rooms: ['lobby', '~a~b'].map((it) => room(it, { seq: 10 })),
      events: ['lobby', '~a~b'].flatMap((it) => seqs.map((seq) => event(seq, { room: it }))),
      moderation: { ...nothing.moderation, audit: seqs.map(entry) },
    }),
  );
  const options = { retention: { ...forEver, ...retention }, now: () => 1_011 };
  await expireAll(store, options, () => false);
  const count = (name: string) => store.tables.events.get(name)?.length;
  return [count('lobby'), count('~a~b'), store.tables.moderation.audit.size];
};

test('everything is kept for ever, unless it is said otherwise', async () => {
  expect(await left({})).toEqual([10, 10, 10]);
});

test('what is said in rooms, what is said privately and the audit log have times of their own', async () => {
  expect(await left({ roomsMs: 4 })).toEqual([3, 10, 10]);
  expect(await left({ privateMs: 4 })).toEqual([10, 3, 10]);
  expect(await left({ auditMs: 4 })).toEqual([10, 10, 3]);
});

test('a job that is over deletes nothing more', async () => {
  const broken = { write: () => Promise.reject(new Error('written')) };
  const options = { retention: { roomsMs: 1, privateMs: 1, auditMs: 1 }, now: () => 0 };
  await expireAll(broken, options, () => true);
  await expect(expireAll(broken, options, () => false)).rejects.toThrow('written');
});
