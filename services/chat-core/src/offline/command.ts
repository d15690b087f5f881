import { readSettings, SettingsError, type SettingsOf } from '@partyline/service';
import { storeSettings } from '../config.ts';
import { StoreError } from '../store/store-error.ts';

/** EX_USAGE and EX_CONFIG of sysexits.h. */
const EXIT_USAGE = 64;
const EXIT_CONFIG = 78;

export type CommandParts = {
  readonly config: SettingsOf<typeof storeSettings>;
  readonly args: readonly string[];
  /** Where people read what becomes of it. */
  readonly tell: (line: string) => void;
};

/** How a command is called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const exitCodeOf = (error: unknown): number | undefined => {
  if (error instanceof UsageError) return EXIT_USAGE;
  if (error instanceof SettingsError) return EXIT_CONFIG;
  return error instanceof StoreError ? 1 : undefined;
};

/**
 * Runs a command on what a chat-core keeps while none runs. What is wrong with what it was given is
 * told in a line, and by the exit code; whatever else goes wrong ends it as an error.
 */
export const runCommand = async (work: (parts: CommandParts) => Promise<void>): Promise<void> => {
  // What is kept is for its own user alone.
  process.umask(0o077);
  const tell = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  try {
    const config = readSettings(storeSettings, process.env);
    await work({ config, args: process.argv.slice(2), tell });
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined) throw error;
    tell((error as Error).message);
    process.exitCode = code;
  }
};
