import type { WatchRow } from './rows.ts';

/** What can be read of watched names beside the writer. */
export interface WatchReader {
  /** All of them, by room and name. */
  all(): Promise<readonly WatchRow[]>;
  /** Those to be looked up by now, the longest due first. */
  due(now: number, limit: number): Promise<readonly WatchRow[]>;
}
