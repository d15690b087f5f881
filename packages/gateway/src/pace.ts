/** Writes are counted over windows of this length. */
const WINDOW_MS = 100;

/** A window with more writes than this begins a busy time. */
const BUSY_WRITES = 2_000;

/** A window with fewer writes than this ends it. */
const QUIET_WRITES = 1_000;

/**
 * Whether small writes should leave at once (TCP_NODELAY). In quiet times they should, so that
 * nobody waits for an acknowledgement. In busy times each packet wakes its reader, which measured
 * half of what a message costs; the kernel then joins what a reader hasn't acknowledged yet.
 */
export class Pace {
  readonly #now: () => number;
  #windowEndMs = 0;
  #writes = 0;
  #noDelay = true;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a write; whether it, and what follows it, should leave at once. */
  write(): boolean {
    const now = this.#now();
    if (now >= this.#windowEndMs) {
      if (this.#writes < QUIET_WRITES) this.#noDelay = true;
      this.#windowEndMs = now + WINDOW_MS;
      this.#writes = 0;
    }
    this.#writes += 1;
    if (this.#writes > BUSY_WRITES) this.#noDelay = false;
    return this.#noDelay;
  }
}
