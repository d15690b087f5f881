/** How much a client may send. */
export type FloodLimit = {
  /** Frames at once. */
  readonly floodBurst: number;
  /** Frames lastingly; 0 is no limit. */
  readonly floodPerSecond: number;
};

/**
 * A token bucket (https://en.wikipedia.org/wiki/Token_bucket). A client over it is not refused but
 * read more slowly, so that nothing it sent is lost.
 */
export class FloodBucket {
  readonly #limit: FloodLimit;
  #tokens: number;
  #at: number;

  constructor(limit: FloodLimit, now: number) {
    this.#limit = limit;
    this.#tokens = limit.floodBurst;
    this.#at = now;
  }

  /** Takes a token and returns 0, or the milliseconds until there is one. */
  take(now: number): number {
    const { floodBurst, floodPerSecond } = this.#limit;
    if (floodPerSecond === 0) return 0;
    // A clock set back must not take tokens away.
    const elapsedMs = Math.max(0, now - this.#at);
    this.#tokens = Math.min(floodBurst, this.#tokens + (elapsedMs * floodPerSecond) / 1_000);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) * 1_000) / floodPerSecond);
    this.#tokens -= 1;
    return 0;
  }
}
