/** A connection whose other side is asked for a sign of life now and then. */
export interface Pulse {
  /** Asks, or ends the connection when it was asked in vain too often. */
  beat(): void;
}

/** One round is cut into so many parts, so that the pings of all connections don't fall on one turn. */
const PARTS = 32;

/** Beats every connection once in `intervalMs`, by one timer for all. */
export class Heartbeat implements Disposable {
  readonly #parts: readonly Set<Pulse>[] = Array.from({ length: PARTS }, () => new Set());
  readonly #timer: NodeJS.Timeout;
  #next = 0;

  constructor(intervalMs: number) {
    this.#timer = setInterval(() => this.beatNext(), intervalMs / PARTS);
    this.#timer.unref();
  }

  /** Beats the connection from about one interval from now on, until what it returns is called. */
  add(pulse: Pulse): () => void {
    const part = this.#parts[(this.#next + PARTS - 1) % PARTS];
    part?.add(pulse);
    return () => part?.delete(pulse);
  }

  /** What the timer does: beats the connections whose turn it is. */
  beatNext(): void {
    for (const pulse of this.#parts[this.#next] ?? []) pulse.beat();
    this.#next = (this.#next + 1) % PARTS;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
