/** A decision asked for something that its batch had not loaded. */
export class Unloaded extends Error {
  override readonly name = 'Unloaded';
}

/** Rows as the store had them, by key; undefined is what was asked for and isn't there. */
export type Found<Row> = ReadonlyMap<string, Row | undefined>;

/** Rows by key, with undefined for what was asked for and isn't there. */
export const found = <Row>(
  asked: Iterable<string>,
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
): Map<string, Row | undefined> => {
  const map = new Map<string, Row | undefined>();
  for (const key of asked) map.set(key, undefined);
  for (const row of rows) map.set(keyOf(row), row);
  return map;
};

/** Rows by key: those found, and over them what a batch made of them. The found ones stay as they are. */
export class Rows<Row> {
  readonly #found: Found<Row>;
  readonly #changed = new Map<string, Row | undefined>();

  constructor(found: Found<Row>) {
    this.#found = found;
  }

  /** Throws Unloaded for a key that nobody asked the store for. */
  get(key: string): Row | undefined {
    if (this.#changed.size > 0 && this.#changed.has(key)) return this.#changed.get(key);
    const row = this.#found.get(key);
    if (row === undefined && !this.#found.has(key)) throw new Unloaded(key);
    return row;
  }

  /** The same, or undefined for such a key. */
  peek(key: string): Row | undefined {
    return this.#changed.has(key) ? this.#changed.get(key) : this.#found.get(key);
  }

  put(key: string, row: Row): void {
    this.#changed.set(key, row);
  }

  drop(key: string): void {
    this.#changed.set(key, undefined);
  }

  /** Those that were loaded or put. */
  all(): readonly Row[] {
    const rows = new Map([...this.#found, ...this.#changed]);
    return [...rows.values()].filter((row) => row !== undefined);
  }

  /** What is to be written. */
  changes(): { readonly put: readonly Row[]; readonly dropped: readonly string[] } {
    const put: Row[] = [];
    const dropped: string[] = [];
    for (const [key, row] of this.#changed)
      if (row !== undefined) put.push(row);
      else if (this.#found.get(key) !== undefined) dropped.push(key);
    return { put, dropped };
  }
}
