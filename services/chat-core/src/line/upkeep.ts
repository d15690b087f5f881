import type { Log } from '@partyline/service';
import type { Store } from '../store/port.ts';
import type { Retention } from '../store/retention.ts';
import { expireAll } from './expiring.ts';
import { BEATS, type Leading, peerLeaseMs } from './leading.ts';
import type { Line } from './line.ts';
import type { After } from './timer.ts';
import { trimRooms } from './trimming.ts';
import { handOutWatches } from './watching/hand-out.ts';

/** How often what ran out of time is looked for: a session ends at most so much late. */
const SWEEP_MS = 500;
/** How often rooms are looked at that don't keep everything: an event outlives its time by so much. */
const TRIM_MS = 2_000;
/** How often all logs are looked through for what is kept no longer. */
const EXPIRE_MS = 600_000;
/** How often it is looked whether a backup is due. */
const BACK_UP_MS = 60_000;
/** How often watched names are looked for that are due. */
const WATCH_MS = 500;

export type UpkeepOptions = {
  readonly line: Line;
  readonly store: Pick<Store, 'write' | 'read'>;
  readonly now: () => number;
  readonly leaseMs: number;
  /** Instances with a stream. */
  readonly attached: ReadonlySet<string>;
  /** What is done for all chat-cores on a database, one does. */
  readonly leading: Leading;
  readonly onLeading: (leads: boolean) => Promise<void>;
  readonly retention: Retention;
  /** Makes a backup when one is due. */
  readonly backUp: () => Promise<void>;
  readonly after: After;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly log: Log;
};

/** Does `work` again and again, `ms` after it was done, until disposed of; then it waits for the last. */
const repeat = (ms: number, work: () => Promise<void>, { after, log }: UpkeepOptions) => {
  let last = Promise.resolve();
  let cancel: () => void;
  const run = (): void => {
    last = work()
      .catch((error: unknown) => log.error({ err: error }, 'upkeep failed; it is tried again'))
      .then(schedule);
  };
  let isOver = false;
  const schedule = (): void => {
    if (!isOver) cancel = after(ms, run);
  };
  cancel = after(ms, run);
  return {
    [Symbol.asyncDispose]: (): Promise<void> => {
      isOver = true;
      cancel();
      return last;
    },
  };
};

/** Ends what has run out of time, and renews the leases of instances that are there. */
export const startUpkeep = (options: UpkeepOptions): AsyncDisposable => {
  const { line, store, now, leaseMs, attached, leading, onLeading } = options;
  const tasks = new AsyncDisposableStack();
  let isOver = false;
  const sweep = async (): Promise<void> => {
    // A wake-up may have been lost.
    line.hear();
    if (leading.leads) while (await line.run({ type: 'sweep' }));
  };
  const trim = async (): Promise<void> => {
    if (leading.leads) await trimRooms(store, now, () => isOver);
  };
  const expire = async (): Promise<void> => {
    if (leading.leads) await expireAll(store, options, () => isOver);
  };
  const backUp = async (): Promise<void> => {
    if (leading.leads) await options.backUp();
  };
  // To those whose stream is here: each chat-core has its own.
  const handOut = () => handOutWatches({ ...options, read: store.read });
  const beat = async (): Promise<void> => {
    try {
      await leading.beat();
    } finally {
      await onLeading(leading.leads);
    }
  };
  const renew = async (): Promise<void> => {
    if (attached.size > 0) await line.run({ type: 'renew', instances: [...attached] });
  };
  tasks.use(repeat(SWEEP_MS, sweep, options));
  tasks.use(repeat(leaseMs / 3, renew, options));
  tasks.use(repeat(TRIM_MS, trim, options));
  tasks.use(repeat(EXPIRE_MS, expire, options));
  tasks.use(repeat(BACK_UP_MS, backUp, options));
  tasks.use(repeat(WATCH_MS, handOut, options));
  tasks.use(repeat(peerLeaseMs(leaseMs) / BEATS, beat, options));
  tasks.defer(() => {
    isOver = true;
  });
  return tasks;
};
