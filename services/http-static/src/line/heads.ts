import type { Bus } from '@partyline/bus';
import { type Heads as HeadChanges, isProblem, type StreamLine } from '@partyline/protocol';
import type { Reads } from './reads.ts';

/** How soon a line that could not be asked is asked again. */
const AGAIN_MS = 1_000;

type Waiter = { readonly seq: number; readonly wake: () => void };

/** A room whose head is told: as far as it is known, and who waits for it to go on. */
type Told = { head: number | undefined; readonly waiters: Set<Waiter> };

/**
 * Waits for rooms to go on, without being in them: the line tells it of each room that somebody
 * waits for, however many do. A room that nobody waits for when it goes on is told no longer.
 */
export class Heads {
  readonly #line: Pick<Bus, 'heads'>;
  readonly #reads: Pick<Reads, 'room'>;
  readonly #rooms = new Map<string, Told>();
  /** What the line was asked last: it is asked in order. */
  #asked: Promise<void> = Promise.resolve();

  constructor(line: Pick<Bus, 'heads'>, reads: Pick<Reads, 'room'>) {
    this.#line = line;
    this.#reads = reads;
  }

  /** Resolves when a public room has events after `seq`, or can't be read any more, or `signal` is given. */
  past(room: string, seq: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const known = this.#rooms.get(room);
      if (signal.aborted || (known?.head ?? 0) > seq) return resolve();
      const { waiters } = known ?? this.#tell(room);
      const waiter: Waiter = {
        seq,
        wake: () => {
          waiters.delete(waiter);
          signal.removeEventListener('abort', waiter.wake);
          resolve();
        },
      };
      signal.addEventListener('abort', waiter.wake);
      waiters.add(waiter);
    });
  }

  /** What the line tells. */
  take(lines: readonly StreamLine[]): void {
    for (const line of lines) {
      if (line.type === 'head') this.#moved(line.room, line.seq);
      // It tells nothing that it was asked before.
      if (line.type === 'welcome')
        for (const [room, told] of this.#rooms)
          if (told.waiters.size === 0) this.#rooms.delete(room);
          else {
            told.head = undefined;
            this.#ask(room, told);
          }
    }
  }

  #moved(room: string, seq: number): void {
    const told = this.#rooms.get(room);
    if (told === undefined) return;
    if (told.waiters.size === 0) {
      this.#rooms.delete(room);
      this.#change({ add: [], remove: [room] }).catch(() => {});
      return;
    }
    told.head = seq;
    for (const waiter of [...told.waiters]) if (waiter.seq < seq) waiter.wake();
  }

  #tell(room: string): Told {
    const told: Told = { head: undefined, waiters: new Set() };
    this.#rooms.set(room, told);
    this.#ask(room, told);
    return told;
  }

  /** Has the line tell, then looks at what it told nobody: what became of the room until then. */
  #ask(room: string, told: Told): void {
    this.#look(room, told).catch(() => {
      setTimeout(() => {
        if (this.#rooms.get(room) !== told) return;
        if (told.waiters.size === 0) this.#rooms.delete(room);
        else this.#ask(room, told);
      }, AGAIN_MS).unref();
    });
  }

  #change(changes: HeadChanges): Promise<void> {
    this.#asked = this.#asked.catch(() => {}).then(() => this.#line.heads(changes));
    return this.#asked;
  }

  async #look(room: string, told: Told): Promise<void> {
    await this.#change({ add: [room], remove: [] });
    const it = await this.#reads.room(room);
    if (isProblem(it) && it.code === 'unavailable') throw new Error(it.message);
    if (this.#rooms.get(room) !== told) return;
    // What became of the room is told by whoever reads it next.
    const isGone = isProblem(it);
    for (const waiter of [...told.waiters]) if (isGone || it.seq !== waiter.seq) waiter.wake();
  }
}
