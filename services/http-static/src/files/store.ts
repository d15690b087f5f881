import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Problem, problem, type SharedFile } from '@partyline/protocol';
import { SettingsError } from '@partyline/service';
import { fileName } from './file-name.ts';
import { FileIntake, Refused } from './intake.ts';
import { isAllowed, mediaType } from './media-type.ts';
import { pictureIn } from './picture.ts';
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
  readonly picture?: SharedFile['picture'];
};

/** A file that is not whole yet. */
export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** What it is to come to. */
  readonly bytes: number;
  /** What has come of it. */
  readonly offset: number;
  /** The room that it is for, if any, and by what name it is told there. */
  readonly room?: string;
  readonly nick?: string;
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
export const UNFINISHED_MS = 24 * 3_600_000;

/** Files on a disk, a folder each: `content`, `upload.json` while it comes in pieces, `about.json` once it is whole. */
export class FileStore {
  readonly #options: FileStoreOptions;
  readonly quota: Quota;
  /** What comes in just now, of which the folder doesn't tell yet what it comes to. */
  #incoming = 0;

  private constructor(options: FileStoreOptions) {
    this.#options = options;
    this.quota = new Quota(options);
  }

  /** Opens a folder, and counts what is in it. Rejects with a SettingsError when it can't be had. */
  static async open(options: FileStoreOptions): Promise<FileStore> {
    const store = new FileStore(options);
    await mkdir(options.folder, { recursive: true }).catch((error: Error) => {
      throw new SettingsError([`PARTYLINE_DATA: there is no place for files: ${error.message}.`]);
    });
    await store.#recount();
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
    this.#incoming += 1;
    try {
      await mkdir(folder);
      await pipeline(content, intake, createWriteStream(join(folder, 'content'), { flush: true }));
      return await this.#complete(id, { name, place, ...intake.summary() });
    } catch (error) {
      intake.giveBack();
      await rm(folder, { recursive: true, force: true });
      return problemOf(error);
    } finally {
      this.#incoming -= 1;
    }
  }

  /** Begins a file that comes in pieces; the quota is asked for all of it, and taken piece by piece. */
  async begin(upload: Omit<Upload, 'id' | 'offset'>): Promise<Upload | Problem> {
    const refusal = this.quota.refusal(upload.place, upload.bytes);
    if (refusal !== undefined) return refusal;
    const id = randomBytes(ID_BYTES).toString('base64url');
    await mkdir(this.folderOf(id));
    await writeFile(join(this.folderOf(id), 'content'), '');
    await writeFile(join(this.folderOf(id), 'upload.json'), JSON.stringify(upload));
    return { id, offset: 0, ...upload };
  }

  /** A file that is not whole yet, and how far it is. */
  async upload(id: string): Promise<Upload | undefined> {
    if (!idPattern.test(id)) return undefined;
    try {
      const upload = JSON.parse(await readFile(join(this.folderOf(id), 'upload.json'), 'utf8'));
      const { size: offset } = await stat(join(this.folderOf(id), 'content'));
      return { ...upload, id, offset };
    } catch {
      return undefined;
    }
  }

  /** Adds what comes to an upload, which may break off and go on later; how far it is then. */
  async append({ id, offset, place, bytes }: Upload, content: Readable): Promise<number | Problem> {
    const intake = new FileIntake(this.quota, place, bytes - offset);
    const file = join(this.folderOf(id), 'content');
    let wrong: Problem | undefined;
    this.#incoming += 1;
    try {
      await pipeline(content, intake, createWriteStream(file, { flags: 'a', flush: true }));
    } catch (error) {
      // Who breaks off is told nothing, and goes on later.
      if (error instanceof Refused || isDiskFull(error)) wrong = problemOf(error);
    } finally {
      this.#incoming -= 1;
    }
    const { size } = await stat(file);
    this.quota.add(place, size - offset - intake.bytes);
    return wrong ?? size;
  }

  /** Makes a file of an upload that has come to its end; it counts as unfinished until it is settled. */
  async finish({ id, name, place }: Upload): Promise<FileInfo | Problem> {
    const known = await this.find(id);
    if (known !== undefined) return known;
    // Hashed when it is whole, since the pieces may have come to several processes.
    const summary = new FileIntake(new Quota(unlimited), place);
    try {
      await pipeline(
        createReadStream(join(this.folderOf(id), 'content')),
        summary,
        new Writable({ write: (_chunk, _encoding, done) => done() }),
      );
      return await this.#complete(id, { name, place, ...summary.summary() });
    } catch (error) {
      await this.abandon({ id, place, offset: summary.bytes });
      return problemOf(error);
    }
  }

  /** Has a file be kept that was an upload. */
  async settle({ id }: Pick<Upload, 'id'>): Promise<void> {
    await rm(join(this.folderOf(id), 'upload.json'));
  }

  /** Gives an upload up. */
  async abandon({ id, place, offset }: Pick<Upload, 'id' | 'place' | 'offset'>): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true });
    this.quota.add(place, -offset);
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
      const isWhole = (await this.upload(id)) === undefined;
      const info = isWhole ? await this.find(id) : undefined;
      if (info !== undefined && keepMs > 0 && info.at + keepMs <= now()) await this.remove(info);
      if (info === undefined) await this.#removeUnfinished(id);
    }
    await this.#recount();
  }

  /** Counts what is in the folder, where other processes add and delete too; unless something changes here meanwhile. */
  async #recount(): Promise<void> {
    const { changes } = this.quota;
    if (this.#incoming > 0) return;
    const places = new Map<string, number>();
    for (const id of await this.#ids()) {
      const info = await this.find(id);
      const upload = info === undefined ? await this.upload(id) : undefined;
      const { place, bytes } = info ?? { place: upload?.place, bytes: upload?.offset ?? 0 };
      if (place !== undefined) places.set(place, (places.get(place) ?? 0) + bytes);
    }
    if (this.quota.changes === changes && this.#incoming === 0) this.quota.replace(places);
  }

  /** Says what a content is, when it may be shared. */
  async #complete(
    id: string,
    { head, ...content }: Pick<FileInfo, 'name' | 'place' | 'bytes' | 'sha256'> & { head: Buffer },
  ): Promise<FileInfo> {
    const type = await mediaType(head);
    const { types, now } = this.#options;
    if (content.bytes === 0) throw new Refused(problem('file-empty'));
    if (types.length > 0 && !isAllowed(type, types))
      throw new Refused(problem('file-type-refused', { type, types: types.join(', ') }));
    const folder = this.folderOf(id);
    const picture = await pictureIn(join(folder, 'content'), { type, bytes: content.bytes });
    const info: FileInfo = {
      ...{ id, ...content, name: fileName(content.name), type, at: now() },
      ...(picture !== undefined && { picture }),
    };
    await writeFile(join(folder, 'about.new'), JSON.stringify(info), { flush: true });
    await rename(join(folder, 'about.new'), join(folder, 'about.json'));
    return info;
  }

  async #removeUnfinished(id: string): Promise<void> {
    const folder = this.folderOf(id);
    const it = await stat(join(folder, 'content')).catch(() => stat(folder));
    if (it.mtimeMs + UNFINISHED_MS > this.#options.now()) return;
    const upload = await this.upload(id);
    if (upload === undefined) await rm(folder, { recursive: true, force: true });
    else await this.abandon(upload);
  }

  async #ids(): Promise<readonly string[]> {
    return (await readdir(this.#options.folder)).filter((it) => idPattern.test(it));
  }
}

const unlimited: QuotaLimits = {
  ...{ fileBytes: Number.POSITIVE_INFINITY, placeBytes: Number.POSITIVE_INFINITY },
  totalBytes: Number.POSITIVE_INFINITY,
};

/** Why a file can't be kept; what is nobody's fault is thrown. */
const problemOf = (error: unknown): Problem => {
  if (error instanceof Refused) return error.problem;
  if (isDiskFull(error)) return problem('files-full');
  throw error;
};

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
