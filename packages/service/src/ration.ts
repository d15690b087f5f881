/** How much each source gets, at once and lastingly. */
export type RationOptions = {
  readonly burst: number;
  readonly perSecond: number;
  /** Sources remembered at most; the one that asked longest ago is forgotten first. */
  readonly sources: number;
  /** Milliseconds, of any clock that doesn't go back. */
  readonly now: () => number;
};

type Bucket = { tokens: number; at: number };

/** Token buckets by key, in bounded memory. */
export class Ration {
  readonly #options: RationOptions;
  /** In the order in which they asked. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RationOptions) {
    this.#options = options;
  }

  /** What `key` has left. */
  left(key: string): number {
    const { burst, perSecond, now } = this.#options;
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: burst, at: now() };
    return Math.min(burst, tokens + ((now() - at) * perSecond) / 1_000);
  }

  /** Takes `cost` from what `key` has left; false, and nothing taken, when it has less. */
  take(key: string, cost: number): boolean {
    const { sources, now } = this.#options;
    const at = now();
    const left = this.left(key);
    const granted = left >= cost;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: granted ? left - cost : left, at });
    if (this.#buckets.size > sources) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return granted;
  }
}
