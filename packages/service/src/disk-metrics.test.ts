import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { watchDisk } from './disk-metrics.ts';
import { createMetrics } from './metrics.ts';

const measured = async (folder: string, name: string): Promise<number> => {
  const metrics = createMetrics({ service: 's' });
  watchDisk(metrics, folder);
  const text = await metrics.registry.metrics();
  return Number(new RegExp(`^${name}\\{[^}]*\\} (.*)$`, 'm').exec(text)?.[1]);
};

it('tells how large the file system of a folder is, and what is free of it', async () => {
  const free = await measured(tmpdir(), 'partyline_disk_free_bytes');
  expect(free).toBeGreaterThan(0);
  expect(await measured(tmpdir(), 'partyline_disk_size_bytes')).toBeGreaterThanOrEqual(free);
});

it('goes on when the folder is not there', async () => {
  expect(await measured(join(tmpdir(), 'nothing', 'here'), 'partyline_disk_size_bytes')).toBe(0);
});
