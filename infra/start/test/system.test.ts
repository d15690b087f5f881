import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { Journal } from '../journal.ts';
import { jsonJournal } from '../journal.ts';
import type { Service } from '../services.ts';
import { StartError } from '../start-error.ts';
import { startSystem } from '../system.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A journal that can be looked into. */
const memoryJournal = (): { journal: Journal; entries: Entry[] } => {
  const entries: Entry[] = [];
  return {
    journal: jsonJournal(
      (line) => entries.push(JSON.parse(line)),
      () => new Date(),
    ),
    entries,
  };
};

const program = (name: string, file: string, needs: readonly string[] = []): Service => ({
  name,
  entry: fileURLToPath(new URL(`./programs/${file}.ts`, import.meta.url)),
  needs,
});

const never = new AbortController().signal;

const pidsOf = (entries: readonly Entry[], child: string): readonly number[] =>
  entries.filter((it) => it.child === child).map((it) => Number(it.childPid));

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a service starts when the services it needs are ready, and stops before them', async () => {
  const { journal, entries } = memoryJournal();
  const table = [program('gateway', 'steady', ['core']), program('core', 'steady')];
  const system = await startSystem(table, { PATH: process.env.PATH }, journal, never);
  const starts = entries.filter((it) => it.msg === 'started');
  expect(starts.map((it) => it.child)).toEqual(['core', 'gateway']);
  const [core = 0] = pidsOf(entries, 'core');
  const [gateway = 0] = pidsOf(entries, 'gateway');
  let coreOutlived = false;
  const watch = setInterval(() => {
    if (!isAlive(gateway)) coreOutlived ||= isAlive(core);
  }, 1);
  await system[Symbol.asyncDispose]();
  clearInterval(watch);
  expect(entries.filter((it) => it.msg === 'stopped')).toHaveLength(2);
  expect(coreOutlived).toBe(true);
  expect([core, gateway].some(isAlive)).toBe(false);
});

test('a service is told the environment it was given, and that it is supervised', async () => {
  const { journal, entries } = memoryJournal();
  await using _ = await startSystem(
    [program('core', 'steady')],
    { COLOUR: 'blue' },
    journal,
    never,
  );
  const told = expect.objectContaining({ COLOUR: 'blue', PARTYLINE_SUPERVISED: '1' });
  await vi.waitFor(() => expect(entries).toContainEqual(told), 10_000);
});

test('a service that is killed is started again', async () => {
  const { journal, entries } = memoryJournal();
  await using _ = await startSystem([program('core', 'steady')], {}, journal, never);
  const [first = 0] = pidsOf(entries, 'core');
  process.kill(first, 'SIGKILL');
  await vi.waitFor(
    () => expect(entries.filter((it) => it.msg === 'ready')).toHaveLength(2),
    10_000,
  );
  expect(entries.map((it) => it.msg)).toContain(
    'core ended (SIGKILL), starting it again in 100 ms',
  );
});

test('a service that keeps crashing is started again later each time, with its last words told', async () => {
  const { journal, entries } = memoryJournal();
  await using _ = await startSystem([program('core', 'crashing')], {}, journal, never);
  await vi.waitFor(() => {
    const told = entries.map((it) => it.msg);
    expect(told).toContain('core ended (exit code 1), starting it again in 100 ms');
    expect(told).toContain('core ended (exit code 1), starting it again in 200 ms');
  }, 20_000);
  expect(entries.map((it) => it.msg)).toContain('Error: the roof is on fire');
});

test('a service that can not start stops everything, with its own words and exit code', async () => {
  const { journal, entries } = memoryJournal();
  const table = [program('core', 'steady'), program('gateway', 'refusing', ['core'])];
  const started = startSystem(table, {}, journal, never);
  await expect(started).rejects.toEqual(
    new StartError(
      'gateway did not start (exit code 78). PARTYLINE_HTTP_PORT is "x"; it is a port.',
      78,
    ),
  );
  expect(pidsOf(entries, 'core').some(isAlive)).toBe(false);
});

test('a service that does not stop is killed, within five seconds', async () => {
  const { journal, entries } = memoryJournal();
  const table = [program('core', 'stubborn'), program('gateway', 'stubborn', ['core'])];
  const system = await startSystem(table, {}, journal, never);
  const began = performance.now();
  await system[Symbol.asyncDispose]();
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(['core', 'gateway'].flatMap((name) => pidsOf(entries, name)).some(isAlive)).toBe(false);
});

test('a system that is told to stop while it starts leaves nothing behind', async () => {
  const { journal, entries } = memoryJournal();
  const stop = new AbortController();
  const unprepared = {
    ...program('gateway', 'steady', ['core']),
    prepare: (signal: AbortSignal) => sleep(3_600_000, undefined, { signal }),
  };
  const started = startSystem([program('core', 'steady'), unprepared], {}, journal, stop.signal);
  await vi.waitFor(() => expect(entries.some((it) => it.msg === 'ready')).toBe(true), 10_000);
  stop.abort();
  await expect(started).rejects.toThrow();
  expect(pidsOf(entries, 'core').some(isAlive)).toBe(false);
});
