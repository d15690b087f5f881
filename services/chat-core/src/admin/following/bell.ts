import type { Effect } from '../../line/effect.ts';
import type { After } from '../../line/timer.ts';

/** Somebody who waits for something to happen, again and again. */
export interface Listener extends Disposable {
  /** Until it happened since the last time, `ms` are over, or the signal is aborted; whether it happened. */
  next(ms: number, signal: AbortSignal): Promise<boolean>;
}

/** Tells those who wait of what was committed. It carries nothing: what happened is in the store. */
export class Bell {
  readonly #after: After;
  readonly #listeners = new Set<(effects: readonly Effect[]) => void>();

  constructor(after: After) {
    this.#after = after;
  }

  /** What one batch came to, once it is durable. */
  ring(effects: readonly Effect[]): void {
    for (const it of this.#listeners) it(effects);
  }

  /** Hears from now on, also while nobody waits. */
  listen(isWanted: (effect: Effect) => boolean): Listener {
    let isRung = false;
    let wake = (): void => {};
    const hear = (effects: readonly Effect[]): void => {
      if (!effects.some(isWanted)) return;
      isRung = true;
      wake();
    };
    this.#listeners.add(hear);
    return {
      next: async (ms, signal) => {
        if (!isRung && !signal.aborted) {
          const { promise, resolve } = Promise.withResolvers<void>();
          wake = resolve;
          const cancel = this.#after(ms, resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
          await promise;
          cancel();
        }
        const wasRung = isRung;
        isRung = false;
        return wasRung;
      },
      [Symbol.dispose]: () => void this.#listeners.delete(hear),
    };
  }
}
