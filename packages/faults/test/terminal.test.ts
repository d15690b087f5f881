import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  CLI_PROGRAM,
  cliEnvironment,
  hasTmux,
  readLog,
  runCli,
  type System,
  startSystem,
  Tmux,
} from '../src/index.ts';

const MINUTES = 60_000;
vi.setConfig({ testTimeout: 3 * MINUTES, hookTimeout: MINUTES });

let system: System;
let server: string;

beforeAll(async () => {
  system = await startSystem();
  server = `json+tcp://127.0.0.1:${system.tcp.jsonPort}`;
});
afterAll(() => system[Symbol.asyncDispose]());

const client = `'${process.execPath}' '${CLI_PROGRAM}'`;

/** What clients in terminals are told; they keep what outlives them in the system's folder. */
const environmentOf = (): Record<string, string> =>
  cliEnvironment({
    ...{ PARTYLINE_SERVER: server, TERM: 'screen-256color' },
    XDG_STATE_HOME: join(system.folder, 'state'),
  });

/** The full-screen client in a terminal, once it is in. */
const open = async (nick: string, size?: { columns: number; rows: number }): Promise<Tmux> => {
  const terminal = await Tmux.start(`exec ${client} --nick ${nick}`, environmentOf(), size);
  await terminal.shows(new RegExp(`#lobby[\\s\\S]*${nick} ›`));
  return terminal;
};

/** The process that a shell runs. */
const childOf = (shell: string): number =>
  Number(execFileSync('ps', ['-o', 'pid=', '--ppid', shell]).toString().trim());

const send = (...args: readonly string[]) => runCli(server, ['send', ...args]);

const reason = hasTmux() ? '' : ' (left out: tmux is not installed)';

describe.skipIf(!hasTmux())(`the full-screen client in a real terminal${reason}`, () => {
  test('what is said in rooms and privately is shown, with news of other conversations', async () => {
    await using ann = await open('ann');
    await ann.type('你好, everybody');
    await ann.press('Enter');
    await ann.shows(/ann │ 你好, everybody/);
    await ann.type('/join tea');
    await ann.press('Enter');
    await ann.shows(/^ #tea /);
    await send('lobby', '--nick', 'bob', 'hi ann');
    await send('@ann', '--nick', 'bob', 'psst');
    await ann.shows(/#lobby 1 /);
    await ann.shows(/@bob 1 /);
    await ann.press('M-a');
    await ann.shows(/bob │ psst/);
    await ann.press('M-1');
    const screen = await ann.shows(/bob │ hi ann/);
    expect(screen).toMatch(/─ new ─[\s\S]*bob │ hi ann/);
  });

  test('Tab completes nicks and commands, and the line can be edited', async () => {
    await using carl = await open('carl', { columns: 110, rows: 24 });
    await carl.shows(/│ carl\n/);
    await carl.type('carx');
    await carl.press('BSpace', 'Tab');
    await carl.shows(/› carl:/);
    await carl.press('C-u');
    await carl.type('/he');
    await carl.press('Tab', 'Enter');
    await carl.shows(/Keys: Enter sends/);
  });

  test('what is pasted is one message, however many lines it has, and is sent by Enter alone', async () => {
    await using dora = await open('dora');
    await dora.paste('first line\nsecond line');
    await dora.shows('› first line⏎second line');
    await dora.press('Enter');
    const screen = await dora.shows(/│ second line/);
    expect(screen).toMatch(/dora │ first line\n.*│ second line/);
  });

  test('history is loaded as one scrolls up, and End goes to the newest', async () => {
    const lines = Array.from({ length: 250 }, (_, n) => `number ${n + 1}`);
    await runCli(server, ['send', 'long'], lines.join('\n'));
    await using emma = await open('emma');
    await emma.type('/join long');
    await emma.press('Enter');
    await emma.shows(/│ number 250/);
    for (let top = false; !top; ) {
      await emma.press('PageUp');
      await pass(50);
      top = (await emma.screen()).includes('This is the beginning.');
    }
    await emma.shows(/│ number 1\n/);
    await emma.press('End');
    await emma.shows(/│ number 250/);
  });

  test('a window of any size is filled', async () => {
    await using finn = await open('finn');
    await finn.resize(30, 8);
    await finn.shows(/^.{0,30}\n(?:.{0,30}\n){7}$/);
    await finn.resize(130, 20);
    const screen = await finn.shows(/│ 1 person/);
    expect(screen.split('\n').at(-2)).toBe('finn ›');
  });

  test.each([
    ['Ctrl-C', (it: Tmux) => it.press('C-c'), 0],
    [
      '/quit',
      async (it: Tmux) => {
        await it.type('/quit');
        await it.press('Enter');
      },
      0,
    ],
    ['SIGTERM', async () => {}, 143],
    ['SIGHUP', async () => {}, 143],
    ['an error that nobody handles', async () => {}, 1],
  ])('the terminal is as it was after %s', async (how, end, code) => {
    const isSignal = how.startsWith('SIG');
    const crash = how.startsWith('an error')
      ? `--import 'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("crash")})'`
      : '';
    const program = `'${process.execPath}' ${crash} '${CLI_PROGRAM}' --nick gus`;
    // The shell stays, since tmux hides the cursor of a terminal in which nothing runs.
    const script = `before=$(stty -g); ${program}; code=$?; [ "$before" = "$(stty -g)" ] && echo same $code; read -r _`;
    await using gus = await Tmux.start(script, environmentOf());
    await gus.shows('gus ›');
    expect(await gus.value('#{alternate_on}')).toBe('1');
    const shell = await gus.value('#{pane_pid}');
    const child = isSignal || crash !== '' ? childOf(shell) : 0;
    if (isSignal) process.kill(child, how as NodeJS.Signals);
    else if (crash !== '') process.kill(child, 'SIGUSR2');
    else await end(gus);
    const screen = await gus.shows(`same ${code}`);
    if (crash !== '') expect(screen).toContain('Error: crash');
    expect(await gus.value('#{alternate_on} #{cursor_flag} #{wrap_flag}')).toBe('0 1 1');
  });

  test('a client that was killed goes on where it stood, and shows what it missed', async () => {
    await using ida = await open('ida');
    await ida.type('/join notes');
    await ida.press('Enter');
    await ida.shows(/^ #notes /);
    await ida.type('before it was killed');
    await ida.press('Enter');
    await ida.shows(/\d\d:\d\d +ida │ before it was killed/);
    process.kill(Number(await ida.value('#{pane_pid}')), 'SIGKILL');
    await ida[Symbol.asyncDispose]();
    await send('notes', '--nick', 'jo', 'while it was gone');
    await send('lobby', '--nick', 'jo', 'in the lobby, too');

    await using again = await Tmux.start(`exec ${client} --nick ida`, environmentOf());
    const screen = await again.shows(
      /^ #notes [\s\S]*before it was killed[\s\S]*─ new ─[\s\S]*while it was gone/,
    );
    expect(screen).toMatch(/#lobby [1-9]/);
  });

  test('what could not be sent before a hangup is sent by the next life, once', async () => {
    await using kay = await open('kay');
    await system.tcp.process.kill();
    await kay.shows(/Reconnecting/);
    await kay.type('written into the void');
    await kay.press('Enter');
    await kay.shows(/kay │ written into the void/);
    process.kill(Number(await kay.value('#{pane_pid}')), 'SIGHUP');
    await kay.ended();
    await kay[Symbol.asyncDispose]();
    await system.tcp.process.start();
    await using _again = await open('kay');
    const saidOnce = async (): Promise<number> => {
      const { stdout } = await runCli(server, ['tail', '-n', '1000']);
      return stdout.split('kay: written into the void').length - 1;
    };
    await expect.poll(saidOnce, { timeout: MINUTES }).toBe(1);
  });

  test('who said goodbye comes back into the same rooms, where news begin after what was read', async () => {
    await using lea = await open('lea');
    await lea.type('/join garden');
    await lea.press('Enter');
    await lea.shows(/^ #garden /);
    await send('garden', '--nick', 'max', 'read before');
    await lea.shows(/\d\d:\d\d +max │ read before/);
    await lea.type('/quit');
    await lea.press('Enter');
    await lea.ended();
    await lea[Symbol.asyncDispose]();
    await send('garden', '--nick', 'max', 'said after');

    await using again = await open('lea');
    await again.shows(/^ #garden [\s\S]*read before[\s\S]*─ new ─[\s\S]*said after/);
  });

  test('two clients of one user are two people, and stay who they are', async () => {
    const start = (): Promise<Tmux> => Tmux.start(`exec ${client}`, environmentOf());
    const nickIn = async (it: Tmux): Promise<string> =>
      /(\S+) ›/.exec(await it.shows(/#lobby[\s\S]*\S ›/))?.[1] ?? '';
    await using first = await start();
    const nick = await nickIn(first);
    await using second = await start();
    expect(await nickIn(second)).toBe(`${nick}-2`);
    process.kill(Number(await second.value('#{pane_pid}')), 'SIGKILL');
    await second[Symbol.asyncDispose]();
    await using again = await start();
    expect(await nickIn(again)).toBe(`${nick}-2`);
  });

  test('gateway and chat-core are killed while somebody types: each line is stored once, in order, and shown', async () => {
    await using hal = await open('hal');
    await hal.type('/join typed');
    await hal.press('Enter');
    await hal.shows(/^ #typed /);
    const wanted: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < 5; n++) {
        wanted.push(`line ${wanted.length + 1}.`);
        await hal.type(wanted.at(-1) ?? '');
        await hal.press('Enter');
      }
      const victim = round % 2 === 0 ? system.tcp.process : system.core;
      await victim.kill();
      await victim.start();
    }
    await expect
      .poll(async () => (await readLog(system, 'typed')).length, { timeout: MINUTES })
      .toBe(wanted.length);
    const { stdout } = await runCli(server, ['tail', 'typed', '-n', '100', '--json']);
    const said = stdout.trim().split('\n');
    expect(said.map((line) => JSON.parse(line).message)).toEqual(wanted);
    const screen = await hal.shows(/│ line 20\.(?![\s\S]*… {2})/);
    expect(screen.match(/line 20\./g)).toHaveLength(1);
  });
});

test('without a terminal it reads and writes lines, and leaves when all is stored', async () => {
  const { code, stdout, stderr } = await runCli(server, ['--nick', 'pipe'], 'by pipe\n/who\n');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toContain('\u001b');
  const { stdout: log } = await runCli(server, ['tail', '-n', '1000']);
  expect(log).toContain('pipe: by pipe');
});
