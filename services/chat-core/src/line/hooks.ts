import type { HookChanges } from '../store/hooks/port.ts';
import type { HookCursorRow, HookRow } from '../store/hooks/rows.ts';
import { type Found, Rows } from './rows.ts';

/** Outgoing webhooks: as found, and over them what a batch made of them. */
export class Hooks {
  readonly #hooks: Rows<HookRow>;
  readonly #begun: HookRow[] = [];
  readonly #cursors: HookCursorRow[] = [];

  constructor(found: Found<HookRow>) {
    this.#hooks = new Rows(found);
  }

  get(hook: string): HookRow | undefined {
    return this.#hooks.get(hook);
  }

  put(row: HookRow): void {
    this.#hooks.put(row.hook, row);
  }

  drop(hook: string): void {
    this.#hooks.drop(hook);
  }

  /** It is told what is said from now on. */
  begin(row: HookRow): void {
    this.put(row);
    this.#begun.push(row);
  }

  advance(cursor: HookCursorRow): void {
    this.#cursors.push(cursor);
  }

  changes(): HookChanges {
    const { put, dropped } = this.#hooks.changes();
    return {
      hooks: { put, drop: dropped.map((hook) => ({ hook })) },
      ...{ begun: this.#begun, cursors: this.#cursors },
    };
  }
}
