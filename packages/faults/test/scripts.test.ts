import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePorts, runCli, type System, startCli, startSystem } from '../src/index.ts';

const MINUTES = 60_000;
/** Each step starts a process. */
const patience = { timeout: MINUTES };
vi.setConfig({ testTimeout: 3 * MINUTES, hookTimeout: MINUTES });

let system: System;
let tcp: string;
let ws: string;

beforeAll(async () => {
  system = await startSystem();
  tcp = `json+tcp://127.0.0.1:${system.tcp.jsonPort}`;
  ws = `ws://127.0.0.1:${system.ws.port}`;
});
afterAll(() => system[Symbol.asyncDispose]());

/** What was said in a room, as its log has it. */
const logOf = async (room: string): Promise<readonly string[]> => {
  const { stdout } = await runCli(tcp, ['tail', room, '-n', '100000', '--json']);
  return stdout
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).message);
};

/** Who is in a room, as `who` tells somebody of a nick of their own. */
const nicksIn = async (room: string): Promise<readonly string[]> => {
  const { stdout } = await runCli(tcp, ['who', room, '--nick', `asking-${room}`, '--json']);
  const people = stdout.split('\n').filter((line) => line !== '');
  return people.map((line): string => JSON.parse(line).nickname);
};

const lines = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `line ${n + 1}`);

test('what is piped into send is in the room, over TCP and WebSocket alike', async () => {
  const sent = await runCli(tcp, ['send', 'pipes'], 'one\n\ntwo\r\nthree');
  expect(sent).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await runCli(ws, ['send', 'pipes', 'four', 'and', 'five'])).toMatchObject({ code: 0 });
  expect(await logOf('pipes')).toEqual(['one', 'two', 'three', 'four and five']);
});

test('over wss the certificate must be pinned or signed by an authority that is named', async () => {
  const [port = 0] = await freePorts(1);
  await using _ = await system.start('ws-gateway', {
    PARTYLINE_WS_LISTENERS: `wss://127.0.0.1:${port}`,
    PARTYLINE_DATA: system.folder,
  });
  const send = (...options: readonly string[]) =>
    runCli(`wss://127.0.0.1:${port}`, ['send', 'sealed', ...options, 'hi']);
  const refused = await send();
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('self-signed') });
  const [, pin = ''] = /--pin ([0-9a-f]{64})/.exec(refused.stderr) ?? [];
  expect(await send('--pin', pin)).toMatchObject({ code: 0, stderr: '' });
  const ca = join(system.folder, 'tls', 'self-signed.pem');
  expect(await send('--ca', ca)).toMatchObject({ code: 0, stderr: '' });
  const wrong = await send('--pin', 'a'.repeat(64));
  expect(wrong).toMatchObject({ code: 3, stderr: expect.stringContaining(pin) });
  expect(await logOf('sealed')).toEqual(['hi', 'hi']);
});

test('receipts are told as JSON, by the number of the line', async () => {
  const { stdout } = await runCli(tcp, ['send', 'receipts', '--json'], 'a\n\nb\n');
  const receipts = stdout.trim().split('\n');
  expect(receipts.map((it) => JSON.parse(it))).toEqual([
    { line: 1, id: expect.any(String), room: 'receipts', seq: 1 },
    { line: 3, id: expect.any(String), room: 'receipts', seq: 2 },
  ]);
});

test('a line that is refused is named, and the others are sent', async () => {
  const long = 'x'.repeat(8_001);
  const { code, stderr } = await runCli(tcp, ['send', 'refusals'], `a\n${long}\nb\n`);
  expect(code).toBe(1);
  expect(stderr).toBe('partyline: Line 2 was not taken: A message has at most 8000 characters.\n');
  expect(await logOf('refusals')).toEqual(['a', 'b']);
});

test('the exit code tells what kind of thing went wrong, and stderr what', async () => {
  const [nobody = 0] = await freePorts(1);
  const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    [`127.0.0.1:${nobody}`, ['send', 'ops', 'hi'], 3, /Nobody answers at json\+tcp:/],
    [tcp, ['send'], 2, /ROOM is missing/],
    [tcp, ['send', '--no-such-option'], 2, /--no-such-option/],
    ['nonsense://x', ['who'], 2, /“nonsense:\/\/x” is no address/],
    [tcp, ['who', 'a room'], 2, /A room name is made of/],
    [tcp, ['tail', '-n', 'x'], 2, /-n must be a number/],
    [tcp, ['tail', '--since', 'noon'], 2, /--since must be/],
    [tcp, ['send', '@nobody', 'hi'], 1, /Nobody here is called nobody/],
    [tcp, ['who', '--nick', 'a b'], 1, /A nickname is made of/],
  ];
  const check = async ([server, args, code, stderr]: (typeof cases)[number]): Promise<void> => {
    const result = await runCli(server, args);
    expect(result, args.join(' ')).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(stderr);
  };
  await Promise.all(cases.map(check));
});

test('who and rooms list others, and leave out who asks', async () => {
  const other = startCli(tcp, ['tail', 'listed', '-f', '--nick', 'ann']);
  try {
    await expect.poll(() => nicksIn('listed'), patience).toEqual(['ann']);
    const { stdout } = await runCli(tcp, ['rooms', '--json']);
    const rooms = stdout.trim().split('\n');
    expect(rooms.map((it) => JSON.parse(it))).toContainEqual({
      ...{ room: 'listed', members: 1, seq: 0 },
    });
  } finally {
    other.kill();
  }
});

test('tail ends when nobody reads it any more, as behind head', async () => {
  await runCli(tcp, ['send', 'headless'], lines(20).join('\n'));
  const tail = startCli(tcp, ['tail', 'headless', '-f']);
  const code = new Promise((resolve) => tail.once('exit', resolve));
  for await (const _ of createInterface({ input: tail.stdout as NodeJS.ReadableStream })) break;
  tail.stdout?.destroy();
  await runCli(tcp, ['send', 'headless', 'more']);
  expect(await code).toBe(0);
});

test('tail stopped by Ctrl-C says so, and says goodbye', async () => {
  const tail = startCli(tcp, ['tail', 'stopped', '-f', '--nick', 'carol']);
  const code = new Promise((resolve) => tail.once('exit', resolve));
  await expect.poll(() => nicksIn('stopped'), patience).toEqual(['carol']);
  tail.kill('SIGINT');
  expect(await code).toBe(130);
  await expect.poll(() => nicksIn('stopped'), patience).toEqual([]);
});

test('gateway and chat-core are killed again and again while lines are piped in: each is stored once, in order, and tail sees each once', async () => {
  const tail = startCli(tcp, ['tail', 'killed', '-f', '-n', '0', '--json']);
  const seen: string[] = [];
  const reader = createInterface({ input: tail.stdout as NodeJS.ReadableStream });
  reader.on('line', (line) => seen.push(JSON.parse(line).message));
  const who = async (): Promise<string> => (await runCli(ws, ['who', 'killed'])).stdout;
  await expect.poll(who, patience).not.toBe('');

  const send = startCli(tcp, ['send', 'killed']);
  const ended = new Promise((resolve) => send.once('close', resolve));
  const wanted = lines(601);
  send.stdin?.write(`${wanted[0]}\n`);
  await expect.poll(() => seen.length, patience).toBe(1);
  let at = 1;
  for (let round = 0; round < 6; round++) {
    for (const line of wanted.slice(at, at + 100)) send.stdin?.write(`${line}\n`);
    at += 100;
    await pass(Math.random() * 60);
    const victim = round % 2 === 0 ? system.tcp.process : system.core;
    await victim.kill();
    await victim.start();
  }
  send.stdin?.end();
  expect(await ended).toBe(0);
  expect(await logOf('killed')).toEqual(wanted);
  await expect.poll(() => seen.length, patience).toBeGreaterThanOrEqual(601);
  expect(seen).toEqual(wanted);
  tail.kill();
});
