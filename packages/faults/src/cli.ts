import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The terminal client's program. */
export const CLI_PROGRAM = fileURLToPath(new URL('../../cli/bin/partyline.mjs', import.meta.url));

/** What a command of the terminal client came to. */
export type CliResult = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** The environment of a client: of settings, only these. */
export const cliEnvironment = (
  settings: Readonly<Record<string, string>>,
): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  LANG: 'C.UTF-8',
  ...settings,
});

/** Starts a command of the terminal client against the server at an address. */
export const startCli = (
  server: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn(process.execPath, [CLI_PROGRAM, ...args], {
    stdio: 'pipe',
    env: cliEnvironment({ PARTYLINE_SERVER: server, ...settings }),
  });

/** Runs a command to its end, `input` on its stdin. */
export const runCli = async (
  server: string,
  args: readonly string[],
  input = '',
  settings: Readonly<Record<string, string>> = {},
): Promise<CliResult> => {
  const child = startCli(server, args, settings);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('it has no pipes');
  const ended = once(child, 'close');
  // A command that takes no input may be gone before it is written.
  stdin.on('error', () => {}).end(input);
  const said = await Promise.all([text(stdout), text(stderr)]);
  const [code] = await ended;
  return { code, stdout: said[0], stderr: said[1] };
};
