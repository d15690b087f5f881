import { isProblem } from '@partyline/protocol';
import type { Log } from '@partyline/service';
import type { Backups } from '../store/backups.ts';

export type BackingUpOptions = {
  readonly backups: Backups;
  /** How much time is between two; 0 makes none. */
  readonly everyMs: number;
  /** How many are kept of those that are made so. */
  readonly keep: number;
  readonly now: () => number;
  readonly log: Log;
  readonly watch: BackupWatch;
};

/** What is told of backups that are due. */
export type BackupWatch = {
  readonly done: (outcome: 'made' | 'failed') => void;
  /** When the last one was begun, by whatever process. */
  readonly last: (at: number) => void;
};

/**
 * Makes a backup when the last one was made long enough ago, by whatever process, and then deletes
 * those of its own that are too many. Called again and again.
 */
export const createBackingUp = (options: BackingUpOptions): (() => Promise<void>) => {
  const { backups, everyMs, keep, now, log, watch } = options;
  const scheduled = async () => (await backups.list()).filter((it) => it.scheduled);
  return async () => {
    if (everyMs === 0) return;
    const [last] = await scheduled();
    if (last !== undefined) watch.last(last.at);
    if (last !== undefined && last.at <= now() && now() - last.at < everyMs) return;
    const made = await backups.make(true);
    if (isProblem(made)) {
      watch.done('failed');
      log.error({ code: made.code }, `a backup could not be made: ${made.message}`);
      return;
    }
    watch.done('made');
    watch.last(made.at);
    log.info({ backup: made.name, bytes: made.bytes }, 'a backup was made');
    for (const { name } of (await scheduled()).slice(keep)) await backups.remove(name);
  };
};
