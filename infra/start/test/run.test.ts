import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';

const program = fileURLToPath(new URL('./programs/system.ts', import.meta.url));

type Entry = Readonly<Record<string, unknown>>;
type Running = { child: ChildProcess; entries: Entry[]; code: Promise<number | null> };

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'partyline-start-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

const start = (
  data: string,
  settings: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Running => {
  const { npm_lifecycle_event: _, ...environment } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...environment, PARTYLINE_DATA: data, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const entries: Entry[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => entries.push(JSON.parse(line)));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, entries, code: new Promise((resolve) => child.on('close', resolve)) };
};

const isAlive = (pid: unknown) => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};
const childPids = ({ entries }: Running) => entries.flatMap((it) => it.childPid ?? []);
const live = (running: Running) =>
  vi.waitFor(() => expect(running.entries.some((it) => it.wire === 'operator')).toBe(true), 20_000);

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops everything and exits 0',
  async (signal) => {
    const running = start(folder());
    await live(running);
    expect(childPids(running).every(isAlive)).toBe(true);
    running.child.kill(signal);
    expect(await running.code).toBe(0);
    expect(childPids(running)).toHaveLength(2);
    expect(childPids(running).some(isAlive)).toBe(false);
  },
);

test('the end of the shell that npm started it from stops everything', async () => {
  const data = folder();
  const log = join(data, 'log');
  const npm = spawn('sh', ['-c', `"$0" "$1" >"$2"; true`, process.execPath, program, log], {
    env: { ...process.env, PARTYLINE_DATA: data, npm_lifecycle_event: 'start' },
    stdio: 'ignore',
  });
  writeFileSync(log, '');
  const read = (): Entry[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  await vi.waitFor(() => expect(read().some((it) => it.wire === 'operator')).toBe(true), 20_000);
  const pids = read().flatMap((it) => it.childPid ?? []);
  expect(pids).toHaveLength(2);
  npm.kill('SIGKILL');
  await vi.waitFor(() => expect(pids.some(isAlive)).toBe(false), 10_000);
});

test('services stop when their supervisor is killed', async () => {
  const running = start(folder());
  await live(running);
  running.child.kill('SIGKILL');
  await vi.waitFor(() => expect(childPids(running).some(isAlive)).toBe(false), 10_000);
});

test('a second one on the same folder is refused, and says who holds it', async () => {
  const data = folder();
  const first = start(data);
  await live(first);
  const second = start(data);
  expect(await second.code).toBe(1);
  expect(second.entries.at(-1)?.msg).toBe(
    `Partyline already runs on ${data} (process ${first.child.pid}). Stop it, or set PARTYLINE_DATA to another folder.`,
  );
});

test('a folder whose holder was killed is free again', async () => {
  const data = folder();
  const first = start(data);
  await live(first);
  first.child.kill('SIGKILL');
  await first.code;
  await live(start(data));
});

test('secrets are made once, for the owner alone, and given as files', async () => {
  const data = folder();
  const file = join(data, 'secrets', 'bus-token');
  const first = start(data);
  await live(first);
  const secret = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(data, 'secrets')).mode & 0o777).toBe(0o700);
  expect(secret.trim()).toMatch(/^[\w-]{43}$/);
  expect(first.entries).toContainEqual(
    expect.objectContaining({ msg: 'ready', PARTYLINE_BUS_TOKEN_FILE: file }),
  );
  first.child.kill('SIGTERM');
  await first.code;
  await live(start(data));
  expect(readFileSync(file, 'utf8')).toBe(secret);
});

test('what a person sets goes before what the supervisor would choose', async () => {
  const running = start(folder(), { PARTYLINE_BUS_TOKEN: 'mine', PARTYLINE_BUS: 'http://h:1' });
  await live(running);
  const told = running.entries.find((it) => it.msg === 'ready' && it.PARTYLINE_BUS !== undefined);
  expect(told).toMatchObject({ PARTYLINE_BUS_TOKEN: 'mine', PARTYLINE_BUS: 'http://h:1' });
  expect(told).not.toHaveProperty('PARTYLINE_BUS_TOKEN_FILE');
});

test('only the services named are started', async () => {
  const running = start(folder(), {}, ['chat-core']);
  await live(running);
  expect(running.entries.flatMap((it) => it.child ?? [])).toEqual(['chat-core']);
});

test('an unknown service is refused with the names there are', async () => {
  const running = start(folder(), {}, ['chat-cor']);
  expect(await running.code).toBe(1);
  expect(running.entries.at(-1)?.msg).toBe(
    'There is no service chat-cor. Services are: chat-core, gateway.',
  );
});

test('a bus socket path that the system could not hold is refused by name', async () => {
  const running = start(join(folder(), 'x'.repeat(120)));
  expect(await running.code).toBe(78);
  expect(running.entries.at(-1)?.msg).toContain('Set PARTYLINE_DATA to a shorter path.');
});
