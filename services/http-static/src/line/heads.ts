import { isProblem } from '@partyline/protocol';
import type { Reads } from './reads.ts';

/** How often a room is looked at while somebody waits for its next event. */
const LOOK_MS = 1_000;

type Waiter = { readonly seq: number; readonly wake: () => void };

/**
 * Waits for rooms to go on, without being in them: one look a second at a room, however many wait
 * for it.
 */
export class Heads {
  readonly #reads: Pick<Reads, 'room'>;
  readonly #waiting = new Map<string, Set<Waiter>>();

  constructor(reads: Pick<Reads, 'room'>) {
    this.#reads = reads;
  }

  /** Resolves when a public room has events after `seq`, or can't be read any more, or `signal` is given. */
  past(room: string, seq: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.#waiting.get(room) ?? new Set();
      const waiter: Waiter = {
        seq,
        wake: () => {
          waiters.delete(waiter);
          signal.removeEventListener('abort', waiter.wake);
          resolve();
        },
      };
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', waiter.wake);
      waiters.add(waiter);
      if (this.#waiting.has(room)) return;
      this.#waiting.set(room, waiters);
      this.#look(room, waiters);
    });
  }

  #look(room: string, waiters: Set<Waiter>): void {
    if (waiters.size === 0) {
      this.#waiting.delete(room);
      return;
    }
    const again = (): void => void setTimeout(() => this.#look(room, waiters), LOOK_MS).unref();
    this.#reads.room(room).then((it) => {
      // What became of the room is told by whoever reads it next.
      const isGone = isProblem(it) && it.code !== 'unavailable';
      for (const waiter of [...waiters])
        if (isGone || (!isProblem(it) && it.seq !== waiter.seq)) waiter.wake();
      again();
    }, again);
  }
}
