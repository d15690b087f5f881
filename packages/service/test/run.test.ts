import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

type LogLine = { readonly msg: string; readonly level: string; readonly [field: string]: unknown };
type Process = {
  readonly child: ChildProcess;
  readonly lines: readonly LogLine[];
  /** The first line with this message, now or later. */
  readonly logged: (msg: string) => Promise<LogLine>;
  readonly exitCode: Promise<number | null>;
  /** Resolved when nobody holds its stdout any more, its own children neither. */
  readonly silent: Promise<unknown>;
};

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const run = (program: string, environment: Record<string, string> = {}): Process => {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH, ...environment },
  });
  running.push(child);
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  if (child.stdout === null) throw new Error('no stdout');
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  return {
    child,
    lines,
    logged: (msg) =>
      new Promise((resolve) => {
        const look = () => {
          const line = lines.find((it) => it.msg === msg);
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
    exitCode: once(child, 'exit').then(([code]) => code),
    silent: once(reader, 'close'),
  };
};

const service = (environment?: Record<string, string>) => run('./service.ts', environment);

it.each(['SIGTERM', 'SIGINT'] as const)(
  'ends with 0 after %s, having said goodbye',
  async (signal) => {
    const it = service();
    await it.logged('ready');
    it.child.kill(signal);
    expect(await it.exitCode).toBe(0);
    await it.silent;
    expect(it.lines.map(({ msg }) => msg).slice(-3)).toEqual(['stopping', 'goodbye', 'stopped']);
    expect(it.lines.at(-3)).toMatchObject({ service: 'trial', reason: signal });
  },
);

it('tells its supervisor when it is ready, and serves', async () => {
  const it = service();
  const [message] = await once(it.child, 'message');
  expect(message).toEqual({ type: 'ready' });
  const { port } = await it.logged('listening');
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
});

it('ends with 0 when it is told to stop while it starts', async () => {
  const it = service({ PARTYLINE_TRIAL: 'late' });
  await it.logged('starting');
  it.child.kill('SIGTERM');
  expect(await it.exitCode).toBe(0);
});

it('ends with 1 when it does not stop within 5 s', async () => {
  const it = service({ PARTYLINE_TRIAL: 'hang' });
  await it.logged('ready');
  it.child.kill('SIGTERM');
  expect(await it.exitCode).toBe(1);
  expect(await it.logged('did not stop in time')).toMatchObject({ level: 'fatal' });
});

it('ends with 78 and names every wrong setting in one line', async () => {
  const it = service({ PARTYLINE_TRIAL_PORT: 'x', PARTYLINE_LOCALE: 'fr' });
  expect(await it.exitCode).toBe(78);
  await it.silent;
  expect(it.lines).toHaveLength(1);
  expect(it.lines[0]).toMatchObject({
    level: 'fatal',
    msg: 'PARTYLINE_LOCALE is "fr": it must be one of en, zh-CN. PARTYLINE_TRIAL_PORT is "x": it must be a port number, 0 to 65535.',
  });
});

it('ends with 1 and names the setting of a port in use', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const it = service({ PARTYLINE_TRIAL_PORT: String(port) });
    expect(await it.exitCode).toBe(1);
    await it.silent;
    expect(it.lines).toHaveLength(1);
    expect(it.lines[0]).toMatchObject({ level: 'fatal', settings: ['PARTYLINE_TRIAL_PORT'] });
  } finally {
    await new Promise((resolve) => holder.close(resolve));
  }
});

it('ends with 1 after a bug, with the bug as its last line', async () => {
  const it = service({ PARTYLINE_TRIAL: 'crash' });
  expect(await it.exitCode).toBe(1);
  await it.silent;
  expect(it.lines.at(-1)).toMatchObject({ level: 'fatal', err: { message: 'a bug' } });
});

it('stops when its supervisor is killed', async () => {
  const supervisor = run('./supervisor.ts');
  await supervisor.logged('ready');
  supervisor.child.kill('SIGKILL');
  await supervisor.logged('stopped');
  await supervisor.silent;
  expect(await supervisor.logged('stopping')).toMatchObject({ reason: 'supervisor gone' });
});
