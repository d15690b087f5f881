/** Which instances want to be told about what, by keys. Kept nowhere: they tell it again. */
export class Interest {
  readonly #keys = new Map<string, Set<string>>();
  readonly #instances = new Map<string, Set<string>>();

  /** All that an instance wants to be told about. */
  replace(instance: string, keys: readonly string[]): void {
    this.change(instance, [], [...(this.#keys.get(instance) ?? [])]);
    this.change(instance, keys, []);
  }

  change(instance: string, add: readonly string[], remove: readonly string[]): void {
    const own = this.#keys.get(instance) ?? new Set();
    for (const key of add) {
      own.add(key);
      this.#instances.set(key, (this.#instances.get(key) ?? new Set()).add(instance));
    }
    for (const key of remove) {
      own.delete(key);
      const others = this.#instances.get(key);
      others?.delete(instance);
      if (others?.size === 0) this.#instances.delete(key);
    }
    if (own.size === 0) this.#keys.delete(instance);
    else this.#keys.set(instance, own);
  }

  /** Whether nobody wants to be told about anything. */
  get isEmpty(): boolean {
    return this.#instances.size === 0;
  }

  /** Who is to be told about a key. */
  in(key: string): Iterable<string> {
    return this.#instances.get(key) ?? [];
  }
}
