import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Problem, problem } from '@partyline/protocol';
import { fileName } from './file-name.ts';
import { FileIntake, Refused } from './intake.ts';
import { isAllowed, mediaType } from './media-type.ts';
import { Quota, type QuotaLimits } from './quota.ts';

/** A shared file. */
export type FileInfo = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** When it came, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** Where it came from, as quotas count it. */
  readonly place: string;
};

export type FileStoreOptions = QuotaLimits & {
  /** The folder, absolute; made when there is none. */
  readonly folder: string;
  /** Media types that are taken; all when there are none. */
  readonly types: readonly string[];
  /** How long a file is kept; 0 is for ever. */
  readonly keepMs: number;
  readonly now: () => number;
};

/** 16 random bytes, so that nobody finds a file who wasn't told of it. */
const ID_BYTES = 16;
const idPattern = /^[\w-]{22}$/;

/** What came and was not ended is given up after so long. */
const UNFINISHED_MS = 24 * 3_600_000;

/** Files on a disk, a folder each: `content`, and `about.json` once it is whole. */
export class FileStore {
  readonly #options: FileStoreOptions;
  readonly quota: Quota;

  private constructor(options: FileStoreOptions) {
    this.#options = options;
    this.quota = new Quota(options);
  }

  /** Opens a folder, and counts what is in it. */
  static async open(options: FileStoreOptions): Promise<FileStore> {
    const store = new FileStore(options);
    await mkdir(options.folder, { recursive: true });
    for (const id of await store.#ids()) {
      const info = await store.find(id);
      if (info !== undefined) store.quota.add(info.place, info.bytes);
    }
    return store;
  }

  /** Takes a file in as it comes; a problem when it can't be kept. Rejected when it breaks off. */
  async receive(
    content: Readable,
    { name, place }: { readonly name: string; readonly place: string },
  ): Promise<FileInfo | Problem> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const folder = this.folderOf(id);
    const intake = new FileIntake(this.quota, place);
    await mkdir(folder);
    try {
      await pipeline(content, intake, createWriteStream(join(folder, 'content'), { flush: true }));
      const type = await mediaType(intake.head);
      const { types } = this.#options;
      if (intake.bytes === 0) throw new Refused(problem('file-empty'));
      if (types.length > 0 && !isAllowed(type, types))
        throw new Refused(problem('file-type-refused', { type, types: types.join(', ') }));
      const info: FileInfo = {
        ...{ id, name: fileName(name), type, bytes: intake.bytes, sha256: intake.sha256() },
        ...{ at: this.#options.now(), place },
      };
      await writeFile(join(folder, 'about.new'), JSON.stringify(info), { flush: true });
      await rename(join(folder, 'about.new'), join(folder, 'about.json'));
      return info;
    } catch (error) {
      intake.giveBack();
      await rm(folder, { recursive: true, force: true });
      if (error instanceof Refused) return error.problem;
      if (isDiskFull(error)) return problem('files-full');
      throw error;
    }
  }

  /** A file that is whole, by its id. */
  async find(id: string): Promise<FileInfo | undefined> {
    if (!idPattern.test(id)) return undefined;
    try {
      return JSON.parse(await readFile(join(this.folderOf(id), 'about.json'), 'utf8')) as FileInfo;
    } catch {
      return undefined;
    }
  }

  /** The folder that holds a file's `content`. */
  folderOf(id: string): string {
    return join(this.#options.folder, id);
  }

  async remove({ id, place, bytes }: FileInfo): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true });
    this.quota.add(place, -bytes);
  }

  /** Deletes what is kept no longer, and what never became whole. */
  async sweep(): Promise<void> {
    const { keepMs, now } = this.#options;
    for (const id of await this.#ids()) {
      const info = await this.find(id);
      if (info !== undefined && keepMs > 0 && info.at + keepMs <= now()) await this.remove(info);
      if (info === undefined) await this.#removeUnfinished(id);
    }
  }

  async #removeUnfinished(id: string): Promise<void> {
    const folder = this.folderOf(id);
    const it = await stat(join(folder, 'content')).catch(() => stat(folder));
    if (it.mtimeMs + UNFINISHED_MS <= this.#options.now())
      await rm(folder, { recursive: true, force: true });
  }

  async #ids(): Promise<readonly string[]> {
    return (await readdir(this.#options.folder)).filter((it) => idPattern.test(it));
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
