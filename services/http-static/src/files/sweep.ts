import type { Log } from '@partyline/service';
import type { FileStore } from './store.ts';

const SWEEP_MS = 600_000;

/** Deletes what is kept no longer, now and from time to time; disposed, no more. */
export const sweepFiles = (files: Pick<FileStore, 'sweep'>, log: Log): Disposable => {
  const sweep = (): void => {
    files
      .sweep()
      .catch((error: unknown) => log.error({ err: error }, 'could not delete old files'));
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
};
