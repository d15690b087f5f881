import { createHash } from 'node:crypto';
import { createReadStream, statfsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { markCopy } from './copy-mark.ts';

/** Pages that are copied at once: a megabyte. */
const STEP_PAGES = 256;
/** What a copy leaves free on its disk, for the log that goes on. */
const SPARE_BYTES = 128 * 1_048_576;

/** A copy as it was made. */
export type Copied = {
  readonly at: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly epoch: string;
  readonly events: number;
};

/** There is no room for a copy. */
export class SpaceNeeded extends Error {
  override readonly name = 'SpaceNeeded';
  readonly neededBytes: number;
  readonly freeBytes: number;

  constructor(neededBytes: number, freeBytes: number) {
    super(`a copy needs ${neededBytes} bytes, and ${freeBytes} are free`);
    this.neededBytes = neededBytes;
    this.freeBytes = freeBytes;
  }
}

const freeBytesIn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

const one = (database: DatabaseSync, sql: string): Record<string, unknown> =>
  database.prepare(sql).get() ?? {};

/** Copies what a reader sees: its transaction keeps that as it is, however many commit meanwhile. */
const copyPages = async (
  source: DatabaseSync,
  target: string,
  freeBytes: (folder: string) => number,
): Promise<Pick<Copied, 'at' | 'epoch' | 'events'>> => {
  // Before the first look, with which what is seen is settled.
  const at = Date.now();
  source.exec('begin');
  const { epoch } = one(source, `select value as epoch from meta where key = 'epoch'`);
  const { events } = one(source, 'select coalesce(sum(seq), 0) as events from rooms');
  const { bytes } = one(
    source,
    'select page_count * page_size as bytes from pragma_page_count, pragma_page_size',
  );
  const free = freeBytes(dirname(target));
  if (free < Number(bytes) + SPARE_BYTES) throw new SpaceNeeded(Number(bytes) + SPARE_BYTES, free);
  await backup(source, target, { rate: STEP_PAGES });
  source.exec('commit');
  return { at, epoch: String(epoch), events: Number(events) };
};

/** Makes one file of a copy, says in it what it is, and reads all of it. Throws when it isn't whole. */
const settle = (file: string, at: number): void => {
  using copy = new DatabaseSync(file);
  copy.exec('pragma synchronous = full; pragma journal_mode = delete');
  markCopy(copy, at);
  const found = one(copy, 'pragma integrity_check(1)').integrity_check;
  if (found !== 'ok') throw new Error(`the copy is damaged: ${found}`);
};

/** The SHA-256 of a file, in hexadecimal. */
export const digest = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1_048_576 }), hash);
  return hash.digest('hex');
};

/**
 * Copies a database, as it is at one moment, into a file that is whole, checked and on the disk when
 * the promise resolves. Writers don't wait for it; only the WAL isn't emptied meanwhile. Rejects with
 * SpaceNeeded where there is no room; what is in `target` then is for the caller to delete.
 */
export const copyDatabase = async (
  file: string,
  target: string,
  freeBytes = freeBytesIn,
): Promise<Copied> => {
  using source = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const its = await copyPages(source, target, freeBytes);
  settle(target, its.at);
  await using handle = await open(target, 'r+');
  await handle.sync();
  return { ...its, bytes: (await stat(target)).size, sha256: await digest(target) };
};
