import type { Written } from '../../store/port.ts';
import { type WatchKey, type WatchRow, watchKey } from '../../store/watches/rows.ts';
import type { Loaded } from '../loaded.ts';
import { Rows, Unloaded } from '../rows.ts';

/** Watched names: as found, and over them what a batch made of them. */
export class Watches {
  readonly #rows: Rows<WatchRow>;
  readonly #isEvery: boolean;

  constructor({ watches, everyWatch }: Pick<Loaded, 'watches' | 'everyWatch'>) {
    this.#rows = new Rows(watches);
    this.#isEvery = everyWatch;
  }

  get(key: WatchKey): WatchRow | undefined {
    return this.#rows.get(watchKey(key));
  }

  put(row: WatchRow): void {
    this.#rows.put(watchKey(row), row);
  }

  drop(key: WatchKey): void {
    this.#rows.drop(watchKey(key));
  }

  /** All that there are; Unloaded when they were not asked for. */
  all(): readonly WatchRow[] {
    if (!this.#isEvery) throw new Unloaded('watches');
    return this.#rows.all();
  }

  changes(): Written<WatchRow, WatchKey> {
    const { put, dropped } = this.#rows.changes();
    return {
      put,
      drop: dropped.map((key) => {
        const [room = '', name = '', types = ''] = key.split('\n');
        return { room, name, types };
      }),
    };
  }
}
