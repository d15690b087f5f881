import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCli, type System, startCli, startNc, startSystem } from '../src/index.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let system: System;
let settings: Record<string, string>;
beforeAll(async () => {
  system = await startSystem();
  const url = new URL((await system.admin('/v1/overview')).url).origin;
  settings = { PARTYLINE_ADMIN_URL: url, PARTYLINE_ADMIN_TOKEN: 'admin-token-of-a-test' };
});
afterAll(() => system?.[Symbol.asyncDispose]());

/** Runs `partyline admin` as somebody who may do all. */
const admin = (...args: readonly string[]) => runCli('', ['admin', ...args], '', settings);
const told = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await admin(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

test('says, bans, lists and lifts, each as the document says that it is done', async () => {
  using ada = await startNc(system.tcp.textPort, 'ada');
  await told('say', 'lobby', 'Tea', 'is', 'ready');
  await expect.poll(ada.heard).toContain('Tea is ready');
  await told('rooms', 'ban', 'lobby', '--who', '192.0.2.0/24', '--for', '1d', '--reason', 'spam');
  const [ban] = (await told('rooms', 'bans', 'lobby', '--json')).trim().split('\n');
  const { by, reason, at, until } = JSON.parse(ban ?? '');
  expect({ by, reason, forMs: until - at }).toEqual({
    ...{ by: 'operator', reason: 'spam', forMs: 86_400_000 },
  });
  expect((await told('rooms', 'bans', 'lobby')).split('\t')).toContain('192.0.2.0/24');
  await told('rooms', 'unban', 'lobby', '192.0.2.0/24');
  expect(await told('rooms', 'bans', 'lobby')).toBe('');
});

test('lists go on with --all, and tell of more without', async () => {
  for (const room of ['one', 'two', 'three']) await told('rooms', 'set', room);
  const few = await admin('rooms', 'list', '--limit', '2');
  expect(few.stdout.trim().split('\n')).toHaveLength(2);
  expect(few.stderr).toMatch(/There is more: --all, or --after '.+'\./);
  const all = (await told('rooms', 'list', '--limit', '2', '--all')).trim().split('\n');
  const names = all.map((it) => it.split('\t')[0]);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(expect.arrayContaining(['lobby', 'one', 'two', 'three']));
});

test('help is what the server can do', async () => {
  const general = await told('--help');
  const document = (await (await system.admin('/openapi.json')).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  for (const its of Object.values(document.paths))
    for (const { operationId } of Object.values(its))
      expect(general).toMatch(new RegExp(`^  ${operationId.replace('.', ' ')}\\b`, 'm'));
  const ban = await told('rooms', 'ban', '--help');
  expect(ban).toContain('partyline admin rooms ban ROOM WHO');
  expect(ban).toContain('--reason REASON');
  expect(ban).toContain('The token has to allow: moderate');
  expect(await told('rooms')).toContain('rooms say ROOM TEXT');
});

test('what is wrong is told in a line, with an exit code', async () => {
  const lines = async (...args: readonly string[]) => {
    const { code, stderr } = await admin(...args);
    return [code, stderr.split('\n')[0]];
  };
  expect(await lines('say', 'nowhere', 'x')).toEqual([1, expect.stringContaining('nowhere')]);
  expect(await lines('rooms', 'fly')).toEqual([2, expect.stringContaining('“rooms fly”')]);
  expect(await lines('rooms', 'ban', 'lobby')).toEqual([2, 'partyline: who is missing.']);
  expect(await lines('rooms', 'list', '--nothing')).toEqual([
    2,
    expect.stringContaining('nothing'),
  ]);
  const wrong = await runCli('', ['admin', 'overview'], '', {
    ...settings,
    PARTYLINE_ADMIN_TOKEN: 'another',
  });
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  const nobody = await runCli(
    '',
    ['admin', 'overview', '--url', 'http://127.0.0.1:9'],
    '',
    settings,
  );
  expect(nobody).toMatchObject({ code: 3, stderr: expect.stringContaining('127.0.0.1:9') });
  const none = await runCli('', ['admin', 'overview'], '', {
    PARTYLINE_ADMIN_URL: settings.PARTYLINE_ADMIN_URL ?? '',
    PARTYLINE_DATA: system.folder,
  });
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('PARTYLINE_ADMIN_TOKEN') });
});

test('of a deed that several have nothing is done', async () => {
  const { code, stdout } = await admin('kick', 'ada');
  expect(code).toBe(2);
  expect(stdout).toContain('rooms kick');
  expect(stdout).toContain('sessions kick');
});

test('beside a server its token is found', async () => {
  const secrets = join(system.folder, 'secrets');
  await mkdir(secrets);
  await writeFile(join(secrets, 'admin-token'), `${settings.PARTYLINE_ADMIN_TOKEN}\n`);
  const { PARTYLINE_ADMIN_URL = '' } = settings;
  const beside = { PARTYLINE_ADMIN_URL, PARTYLINE_DATA: system.folder };
  expect(await runCli('', ['admin', 'overview'], '', beside)).toMatchObject({ code: 0 });
});

test('what is watched is told as it comes, and chat-core’s end is told', async () => {
  const watch = startCli('', ['admin', 'sessions', 'list', '--watch', '--json'], settings);
  const ended = once(watch, 'exit');
  const told: string[] = [];
  createInterface({ input: watch.stdout as NodeJS.ReadableStream }).on('line', (it) => {
    told.push(it);
  });
  await expect.poll(() => told.length, { timeout: 60_000 }).toBeGreaterThan(0);
  {
    using _ = await startNc(system.tcp.textPort, 'eve');
    await expect.poll(() => told.join(), { timeout: 60_000 }).toContain('"eve"');
  }
  await expect.poll(() => told.join(), { timeout: 60_000 }).toContain('"gone"');
  await system.core.kill();
  expect(await ended).toEqual([4, null]);
  await system.core.start();
});

test('a backup is downloaded whole, or not at all', async () => {
  const made = JSON.parse(await told('backups', 'make', '--json'));
  const file = join(system.folder, 'copy.db');
  const { code, stderr } = await admin('backups', 'download', made.name, '--output', file);
  expect({ code, stderr }).toEqual({
    ...{ code: 0, stderr: `partyline: ${file}: ${made.bytes} bytes\n` },
  });
  expect((await readFile(file)).subarray(0, 15).toString()).toBe('SQLite format 3');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const none = await admin('backups', 'download', 'nothing.db', '--output', `${file}.2`);
  expect(none.code).toBe(1);
  await expect(stat(`${file}.2`)).rejects.toThrow('ENOENT');
  await told('backups', 'delete', made.name);
  expect(await told('backups', 'list')).toBe('');
});
