/** How much a client may send: `burst` frames at once, `perSecond` lastingly. No limit when `perSecond` is 0. */
export type FloodLimit = { readonly burst: number; readonly perSecond: number };

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
    this.#tokens = limit.burst;
    this.#at = now;
  }

  /** Takes a token and returns 0, or the milliseconds until there is one. */
  take(now: number): number {
    const { burst, perSecond } = this.#limit;
    if (perSecond === 0) return 0;
    // A clock set back must not take tokens away.
    const elapsedMs = Math.max(0, now - this.#at);
    this.#tokens = Math.min(burst, this.#tokens + (elapsedMs * perSecond) / 1_000);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) * 1_000) / perSecond);
    this.#tokens -= 1;
    return 0;
  }
}
