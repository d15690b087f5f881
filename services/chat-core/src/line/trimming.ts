import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../store/port.ts';

/**
 * Deletes what rooms keep no longer, in transactions that are bounded, with everybody else's turn in
 * between. Nothing is decided by it, so it is no work of the line.
 */
export const trimRooms = async (
  { write }: Pick<Store, 'write'>,
  now: () => number,
  isOver: () => boolean,
): Promise<void> => {
  let from: string | undefined = '';
  while (from !== undefined && !isOver()) {
    const start: string = from;
    from = await write((tx) => tx.trim(start, now()));
    await turn();
  }
};
