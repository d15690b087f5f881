import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup } from '../../backups.ts';
import { syncFolder } from '../sync-folder.ts';

const namePattern = /^partyline-\d{8}T\d{9}Z\.db$/;
/** What a file is called while it is not whole. */
const PART = '.part';
const ABOUT = '.json';

/** The name of a backup that is begun at a time, so that names are in the order of times. */
export const backupName = (at: number): string =>
  `partyline-${new Date(at).toISOString().replace(/[-:.]/g, '')}.db`;

/** Backups as files: `NAME.db`, and `NAME.db.json` about it. What has its final name is whole. */
export class BackupFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Where a backup is while it is made. */
  partOf(name: string): string {
    return join(this.path, name + PART);
  }

  /** Gives a backup that is whole its name. */
  async keep(its: Backup): Promise<void> {
    const file = join(this.path, its.name);
    await writeFile(file + ABOUT, `${JSON.stringify(its)}\n`, { flush: true, mode: 0o600 });
    await rename(this.partOf(its.name), file);
    syncFolder(this.path);
  }

  /** Deletes what there is of a backup that could not be made. */
  async discard(name: string): Promise<void> {
    const part = this.partOf(name);
    for (const end of ['', '-journal', '-wal', '-shm']) await rm(part + end, { force: true });
  }

  /** Deletes what a process left that was killed. */
  async clean(): Promise<void> {
    for (const it of await this.#names()) {
      const [, name] = /^(.+\.db)\.part/.exec(it) ?? [];
      if (name !== undefined && namePattern.test(name)) await this.discard(name);
    }
  }

  /** The newest first. */
  async list(): Promise<readonly Backup[]> {
    const names = (await this.#names()).filter((it) => namePattern.test(it));
    const found = await Promise.all(
      names
        .sort()
        .reverse()
        .map((it) => this.find(it)),
    );
    return found.filter((it) => it !== undefined);
  }

  async find(name: string): Promise<Backup | undefined> {
    if (!namePattern.test(name)) return undefined;
    const names = await this.#names();
    if (!names.includes(name) || !names.includes(name + ABOUT)) return undefined;
    return JSON.parse(await readFile(join(this.path, name + ABOUT), 'utf8'));
  }

  async remove(name: string): Promise<boolean> {
    if ((await this.find(name)) === undefined) return false;
    await rm(join(this.path, name));
    await rm(join(this.path, name + ABOUT), { force: true });
    syncFolder(this.path);
    return true;
  }

  async #names(): Promise<string[]> {
    return await readdir(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }
}
