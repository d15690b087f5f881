import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StartError } from './start-error.ts';

const web = fileURLToPath(new URL('../../packages/web/', import.meta.url));
/** What the build is made from. */
const sources = [web, fileURLToPath(new URL('../../packages/client/', import.meta.url))];
const madeOrKept = new Set(['dist', 'node_modules', '.turbo', 'test']);

const modifiedMs = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;

/** When the newest file under a folder was changed. */
const newestMs = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !madeOrKept.has(name))
      .map((it) => join(folder, it.name))
      .map((path) => (statSync(path).isDirectory() ? newestMs(path) : modifiedMs(path))),
  );

/** Builds the browser client unless its build is newer than its sources. */
export const buildWeb = async (signal: AbortSignal): Promise<void> => {
  const newest = Math.max(...sources.map(newestMs));
  if (modifiedMs(join(web, 'dist', 'index.html')) >= newest) return;
  const manifest = createRequire(join(web, 'package.json')).resolve('vite/package.json');
  const vite = join(dirname(manifest), 'bin', 'vite.js');
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: web,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new StartError(`The browser client could not be built.\n${(error as Error).message}`);
  }
};
