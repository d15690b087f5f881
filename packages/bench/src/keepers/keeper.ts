import type { DurableWireName } from '../load/durable-wires.ts';
import type { Jobs } from '../load/job.ts';
import { startLoad } from '../load/load.ts';

/** What keeps messages for good, and says of each when it does. */
export type Keeper = {
  readonly name: string;
  /**
   * Whether messages under way at one time are all of one room, or each of another: then they lie
   * in as many places of a database.
   */
  readonly rooms: 'one' | 'each';
  /** Why it can't be measured here, if so. */
  readonly missing?: () => string | undefined;
  /** Starts it afresh. */
  readonly start: () => Promise<RunningKeeper>;
};

export interface RunningKeeper extends AsyncDisposable {
  /** Publishes for `forMs`, with `waiting` messages under way at any time. */
  keep(waiting: number, forMs: number): Promise<Jobs['publish']['gives']>;
}

/** Names of clients are taken once; they begin with how many measurements there were. */
let measurements = 0;

/** Publishes from a load process of its own. */
const publish = async (
  of: Omit<Jobs['publish']['of'], 'name'>,
): Promise<Jobs['publish']['gives']> => {
  await using load = startLoad();
  measurements += 1;
  return await load.do('publish', { ...of, name: `k${measurements}x` });
};

/** How what is kept is published. */
export type Way = (
  wire: DurableWireName,
  target: Jobs['publish']['of']['target'],
) => RunningKeeper['keep'];

/** As many clients as messages under way, each waiting for its own. */
export const byClients: Way = (wire, target) => (waiting, forMs) =>
  publish({ wire, target, forMs, clients: waiting, batch: 1 });

/** One client, which publishes all that are under way in one request. */
export const inBatches: Way = (wire, target) => (waiting, forMs) =>
  publish({ wire, target, forMs, clients: 1, batch: waiting });
