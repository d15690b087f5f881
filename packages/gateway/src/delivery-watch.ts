import type { Turn } from './turn.ts';

/** Where it goes how long deliveries took; time is passed in. */
export interface Stopwatch {
  /** Milliseconds from anywhere, never going back. */
  elapsed(): number;
  took(ms: number): void;
}

/** From one message that is timed to the next: 200 a second tell enough, and cost nothing. */
const EVERY_MS = 5;
/** Messages that are timed at once. */
const TIMED = 10_000;
/** An event that has not come by then goes to nobody here. */
const FORGOTTEN_MS = 60_000;

/**
 * Times messages on one clock, the first of every few milliseconds: from when a client's is handed to
 * the line until its event is handed to the connections here that read it live. Commit, fan-out and
 * both ways over the bus are in it.
 */
export class DeliveryWatch {
  readonly #stopwatch: Stopwatch;
  readonly #turn: Turn;
  /** When each was handed over, the oldest first. */
  readonly #sent = new Map<string, number>();
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(stopwatch: Stopwatch, turn: Turn) {
    this.#stopwatch = stopwatch;
    this.#turn = turn;
  }

  sent(session: string, id: string): void {
    const now = this.#stopwatch.elapsed();
    if (now - this.#lastAt < EVERY_MS) return;
    this.#lastAt = now;
    if (this.#sent.size >= TIMED) this.#forget(now);
    if (this.#sent.size < TIMED) this.#sent.set(keyOf(session, id), now);
  }

  /** Nothing comes of it. */
  refused(session: string, id: string): void {
    if (this.#sent.size > 0) this.#sent.delete(keyOf(session, id));
  }

  /** An event came, which is shown at the end of this turn. */
  came(session: string, id: string): void {
    if (this.#sent.size === 0) return;
    const key = keyOf(session, id);
    const sentAt = this.#sent.get(key);
    if (sentAt === undefined) return;
    this.#sent.delete(key);
    this.#turn.last(() => this.#stopwatch.took(this.#stopwatch.elapsed() - sentAt));
  }

  #forget(now: number): void {
    for (const [key, at] of this.#sent) {
      if (now - at < FORGOTTEN_MS) return;
      this.#sent.delete(key);
    }
  }
}

const keyOf = (session: string, id: string): string => `${session} ${id}`;
