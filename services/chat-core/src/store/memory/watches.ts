import type { WatchReader } from '../watches/port.ts';
import { type WatchRow, watchKey } from '../watches/rows.ts';

export const watchReaderOn = (watches: ReadonlyMap<string, WatchRow>): WatchReader => ({
  all: async () => [...watches.values()].sort((a, b) => (watchKey(a) < watchKey(b) ? -1 : 1)),
  due: async (now, limit) =>
    [...watches.values()]
      .filter((it) => it.dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit),
});
