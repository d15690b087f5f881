import { Worker } from 'node:worker_threads';
import { type Problem, problem } from '@partyline/protocol';
import type { Backup, Backups } from '../../backups.ts';
import { BackupFolder, backupName } from './backup-folder.ts';
import type { CopyOrder, CopyResult } from './worker.ts';

/** SQLite's and the system's words for a disk without room. */
const isFull = (reason: string): boolean => /database or disk is full|ENOSPC/.test(reason);

const refusalOf = (it: Exclude<CopyResult, { type: 'copied' }>): Problem => {
  if (it.type === 'space') {
    const { neededBytes: needed, freeBytes: free } = it;
    return problem('backup-space', { needed, free });
  }
  return isFull(it.reason)
    ? problem('disk-full')
    : problem('backup-failed', { reason: it.reason.replace(/^\w*Error: /, '') });
};

/**
 * Backups of the database `file`, made in a thread of its own: neither copying nor checking holds up
 * a message. Disposed, it gives up one that is under way.
 */
export const openBackups = async (
  file: string,
  path: string,
  now: () => number,
): Promise<Backups & AsyncDisposable> => {
  const folder = new BackupFolder(path);
  await folder.clean();
  let making: { readonly worker: Worker; readonly done: Promise<unknown> } | undefined;

  const run = (order: CopyOrder): { worker: Worker; result: Promise<CopyResult> } => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
    const result = new Promise<CopyResult>((resolve) => {
      worker.on('message', resolve);
      worker.on('error', (error) => resolve({ type: 'failed', reason: String(error) }));
      worker.on('exit', () => resolve({ type: 'failed', reason: 'chat-core is stopping' }));
    });
    return { worker, result };
  };

  const settle = async (
    name: string,
    scheduled: boolean,
    result: Promise<CopyResult>,
  ): Promise<Backup | Problem> => {
    try {
      const it = await result;
      if (it.type !== 'copied') return refusalOf(it);
      const made = { name, scheduled, ...it.copied };
      await folder.keep(made);
      return made;
    } catch (error) {
      return refusalOf({ type: 'failed', reason: String(error) });
    } finally {
      await folder.discard(name);
      making = undefined;
    }
  };

  const giveUp = async (): Promise<void> => {
    await making?.worker.terminate();
    await making?.done;
  };

  return {
    giveUp,
    folder: path,
    list: () => folder.list(),
    find: (name) => folder.find(name),
    remove: (name) => folder.remove(name),
    make: async (scheduled) => {
      if (making !== undefined) return problem('backup-running');
      const name = backupName(now());
      const { worker, result } = run({ file, target: folder.partOf(name) });
      const done = settle(name, scheduled, result);
      making = { worker, done };
      return done;
    },
    [Symbol.asyncDispose]: giveUp,
  };
};
