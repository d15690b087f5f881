import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnyRow } from '../every-table.ts';
import { newestSchema } from '../migrator.ts';
import { sqliteFlavour } from '../sqlite/flavour.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { exportFolder, importIntoFolder } from '../sqlite/transfer.ts';
import { exportText } from '../test/arbitrary-export.ts';
import { event, room } from '../test/conformance.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

const schema = newestSchema(sqliteFlavour);

const take = (lines: string, isSameLog = false) => {
  const bytes = (async function* () {
    yield Buffer.from(lines);
  })();
  return importIntoFolder(folder, bytes, isSameLog);
};

const lobby = { rooms: [room('lobby', { seq: 3 })], events: [1, 2, 3].map((it) => event(it)) };
const good = exportText(schema, lobby as unknown as Record<string, AnyRow[]>);

const logIn = async () => {
  await using store = await openSqliteStore(folder);
  const { events } = await store.read.page('lobby', { after: 0, limit: 9 });
  return { epoch: store.epoch, seqs: events.map((it) => it.seq) };
};

test('what is imported is a log of an epoch of its own', async () => {
  expect(await take(good)).toEqual({ rooms: 1, events: 3 });
  const { epoch, seqs } = await logIn();
  expect(seqs).toEqual([1, 2, 3]);
  expect(epoch).not.toBe('00112233aabbccdd');
  expect((await logIn()).epoch).toBe(epoch);
});

test('it is the same log, in which cursors hold, when nothing was said since', async () => {
  await take(good, true);
  expect((await logIn()).epoch).toBe('00112233aabbccdd');
});

const lineOf = (table: string, row: object): string => `${JSON.stringify({ table, row })}\n`;
const withLine = (line: string): string => good.replace(/(\n)(\{"rows")/, `$1${line}$2`);
const withTables = (tables: Record<string, readonly object[]>): string =>
  exportText(schema, { ...lobby, ...tables } as unknown as Record<string, AnyRow[]>);

test.for<[string, string]>([
  ['Line 1: the export ends here', ''],
  ['Line 1: is not JSON', 'hello\n'],
  ['Line 1: is not the first line of an export', lineOf('rooms', room('lobby'))],
  [`Line 1: schema must be ${schema}, and is 0001-first`, exportText('0001-first', {})],
  ['Line 1: version must be 1, and is 2', good.replace('"version":1', '"version":2')],
  ['Line 6: the export ends here, without its last line', good.split('\n').slice(0, 5).join('\n')],
  ['Line 6: tells of other lines than there are', good.replace('text 2', 'text 9')],
  ['Line 7: comes after the last line', `${good}{}\n`],
  ['Line 6: must be {"table":…', withLine('{"table":"cats","row":{}}\n')],
  ['Line 6: must be {"table":…', withLine('[]\n')],
  [
    'Line 6: seq of rooms must be a whole number',
    withLine(lineOf('rooms', { ...room('a'), seq: '1' })),
  ],
  [
    'Line 6: seq of rooms must be a whole number',
    withLine(lineOf('rooms', { ...room('a'), seq: 0.5 })),
  ],
  [
    'Line 6: topicAt of rooms must be a whole number, or null',
    withLine(lineOf('rooms', { ...room('a'), topicAt: 'x' })),
  ],
  [
    'Line 6: topic of rooms must be a text',
    withLine(lineOf('rooms', room('a', { topic: 'a\0b' }))),
  ],
  [
    'Line 6: text of events must be a text',
    withLine(lineOf('events', event(4, { text: '\ud800' }))),
  ],
  [
    'Line 6: mentions of events must be what is structured, or null',
    withLine(lineOf('events', event(4, { mentions: ['\0'] }))),
  ],
  ['Line 6: rooms has no cats', withLine(lineOf('rooms', { ...room('a'), cats: 1 }))],
  [
    "Line 3: one of the lines up to 4 can't be written to events: UNIQUE",
    withTables({ events: [event(1), event(1)] }),
  ],
  [
    'a log with holes: lobby ends at 3, and has 2 events from 1 to 3',
    withTables({ events: [event(1), event(3)] }),
  ],
  [
    'a log with holes: den ends at null',
    withTables({ events: [...lobby.events, event(1, { room: 'den' })] }),
  ],
])('%s: it is told, and nothing is imported', async ([message, lines]) => {
  await expect(take(lines)).rejects.toThrow(message);
  await expect(take(lines)).rejects.toThrow(/Nothing was imported\.$/);
  await take(good);
  expect((await logIn()).seqs).toEqual([1, 2, 3]);
});

test('nothing is imported where there is something already, or where chat-core runs', async () => {
  await take(good);
  await expect(take(good)).rejects.toThrow(
    'There is something in the store already (rooms has rows)',
  );
  await using _store = await openSqliteStore(folder);
  await expect(take(good)).rejects.toThrow('in use by another chat-core');
  await expect(text(exportFolder(folder))).rejects.toThrow('in use by another chat-core');
});

test('where there is no log there is nothing to export', async () => {
  await expect(text(exportFolder(folder))).rejects.toThrow('There is no log yet');
  expect(await readdir(folder)).not.toContain('partyline.end');
});

/** `npm run import`, with what comes in. */
const command = (args: readonly string[], input = '') => {
  const program = fileURLToPath(new URL('../../offline/import.ts', import.meta.url));
  const env = { PATH: process.env.PATH, PARTYLINE_DATA: folder };
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    ...{ input, env, encoding: 'utf8' },
  });
  return { status, stderr };
};

test('the command takes a file, or what comes in, and tells what it took', async () => {
  const told = 'Imported -: 1 rooms, 3 events, 0 accounts. Start chat-core.\n';
  expect(command(['--same-log', '-'], good)).toEqual({ status: 0, stderr: told });
  expect((await logIn()).epoch).toBe('00112233aabbccdd');
  const file = join(folder, 'export.ndjson');
  await writeFile(file, good);
  expect(command([file])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is something in the store already'),
  });
});

test('the command tells how it is called, and what it can not open', () => {
  expect(command([])).toMatchObject({ status: 64, stderr: expect.stringContaining('Usage:') });
  expect(command([join(folder, 'nowhere')])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^ENOENT.*Nothing was imported\.\n$/),
  });
});
