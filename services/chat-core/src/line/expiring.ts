import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../store/port.ts';
import type { Retention } from '../store/retention.ts';

/**
 * Deletes what the server keeps no longer, in transactions that are bounded, with everybody else's
 * turn in between.
 */
export const expireAll = async (
  { write }: Pick<Store, 'write'>,
  { retention, now }: { readonly retention: Retention; readonly now: () => number },
  isOver: () => boolean,
): Promise<void> => {
  const { roomsMs, privateMs, auditMs } = retention;
  let from: string | undefined = roomsMs > 0 || privateMs > 0 ? '' : undefined;
  while (from !== undefined && !isOver()) {
    const start: string = from;
    from = await write((tx) => tx.expire(start, { now: now(), retention }));
    await turn();
  }
  let isMore = auditMs > 0;
  while (isMore && !isOver()) {
    isMore = await write((tx) => tx.expireAudit(now() - auditMs));
    await turn();
  }
};
