import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Copied, copyDatabase, SpaceNeeded } from './copy.ts';

/** What a copy is made from and into. */
export type CopyOrder = { readonly file: string; readonly target: string };

/** How it went. */
export type CopyResult =
  | { readonly type: 'copied'; readonly copied: Copied }
  | { readonly type: 'space'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly type: 'failed'; readonly reason: string };

const { file, target } = workerData as CopyOrder;

const resultOf = (error: unknown): CopyResult => {
  if (!(error instanceof SpaceNeeded)) return { type: 'failed', reason: String(error) };
  const { neededBytes, freeBytes } = error;
  return { type: 'space', neededBytes, freeBytes };
};

const copy = async (): Promise<CopyResult> => {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  return { type: 'copied', copied: await copyDatabase(file, target) };
};

const result = await copy().catch(resultOf);
parentPort?.postMessage(result);
