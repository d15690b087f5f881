import { systemSleep } from '../../line/timer.ts';
import { gatherStatus, type StatusParts } from '../../status/gather.ts';
import type { StatusLine } from './lines.ts';

/** How often it is told; a slow reader is told less often. */
const EVERY_MS = 1_000;

/** How everything is, again and again. */
export async function* followStatus(
  parts: StatusParts,
  signal: AbortSignal,
): AsyncGenerator<readonly StatusLine[]> {
  while (!signal.aborted) {
    yield [{ type: 'status', status: await gatherStatus(parts) }];
    await systemSleep(EVERY_MS, signal);
  }
}
