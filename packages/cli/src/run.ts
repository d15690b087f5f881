import { readFileSync } from 'node:fs';
import { chat, commands } from './commands/index.ts';
import { readCall } from './commands/read-call.ts';
import { type Environment, write } from './environment.ts';
import { type ExitCode, exitCodes, Failure } from './exit-code.ts';
import { commandHelp, generalHelp } from './text/help.ts';
import { messages } from './text/messages.ts';

const version = (): string => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};

/** Runs what the arguments ask for; resolves to the exit code. What went wrong is told on stderr. */
export const run = async (args: readonly string[], environment: Environment): Promise<ExitCode> => {
  const { locale, stdout, stderr, stop } = environment;
  const [first = '', ...rest] = args;
  const name = Object.hasOwn(commands, first) ? first : undefined;
  const command = name === undefined ? chat : (commands[name] ?? chat);
  try {
    if (name === undefined && (first === '--version' || first === '-V')) {
      await write(stdout, `${version()}\n`, stop);
      return exitCodes.done;
    }
    if ('runArguments' in command) return await command.runArguments(rest, environment);
    const call = readCall(name === undefined ? args : rest, command.options);
    if (call.flag('help')) {
      const help =
        name === undefined ? generalHelp(chat, commands, locale) : commandHelp(command, locale);
      await write(stdout, help, stop);
      return exitCodes.done;
    }
    return await command.run(call, environment);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, exitCode } = error;
    if (message !== '') stderr.write(`partyline: ${message}\n`);
    if (exitCode === exitCodes.usage) {
      const called = name === undefined ? 'partyline' : `partyline ${name}`;
      stderr.write(`partyline: ${messages[locale].seeHelp(called)}\n`);
    }
    return exitCode;
  }
};
