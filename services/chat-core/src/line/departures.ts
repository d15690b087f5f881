/** Nicks that are remembered, the last ones. */
const REMEMBERED = 1_000;

/** Under which nicks people were here who left since chat-core came up: as IRC servers remember it, for a while. */
export class Departures {
  readonly #leftAt = new Map<string, number>();

  /** The holders of these nicks, given by their keys, left. */
  take(keys: readonly string[], at: number): void {
    for (const key of keys) {
      this.#leftAt.delete(key);
      this.#leftAt.set(key, at);
      const [oldest] = this.#leftAt.keys();
      if (this.#leftAt.size > REMEMBERED && oldest !== undefined) this.#leftAt.delete(oldest);
    }
  }

  /** When the last holder of a nick left, in milliseconds since the Unix epoch; undefined when that is not remembered. */
  of(key: string): number | undefined {
    return this.#leftAt.get(key);
  }
}
