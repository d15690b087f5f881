import { statfsSync } from 'node:fs';
import { defineMetrics } from './metric.ts';
import type { Metrics } from './metrics.ts';

export const diskMetrics = defineMetrics({
  free: {
    kind: 'gauge',
    name: 'partyline_disk_free_bytes',
    help: 'What the service may still write where PARTYLINE_DATA is.',
  },
  size: {
    kind: 'gauge',
    name: 'partyline_disk_size_bytes',
    help: 'How large the file system is on which PARTYLINE_DATA is.',
  },
});

/** Exports how full the file system is that a folder is on; 0 of 0 while it can't be looked at. */
export const watchDisk = (metrics: Pick<Metrics, 'watch'>, folder: string): void => {
  const look = (): { readonly free: number; readonly size: number } => {
    try {
      const { bavail, blocks, bsize } = statfsSync(folder);
      return { free: bavail * bsize, size: blocks * bsize };
    } catch {
      return { free: 0, size: 0 };
    }
  };
  metrics.watch(diskMetrics.free, () => look().free);
  metrics.watch(diskMetrics.size, () => look().size);
};
