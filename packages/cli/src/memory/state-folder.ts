import { isAbsolute, join } from 'node:path';

/** Where programs keep what outlives them: `XDG_STATE_HOME`, of the XDG base directories, or `LOCALAPPDATA` on Windows. */
export const stateFolder = (
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string => {
  const told = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME;
  // The specification has relative paths ignored.
  const base = told !== undefined && isAbsolute(told) ? told : join(home, '.local', 'state');
  return join(base, 'partyline');
};
