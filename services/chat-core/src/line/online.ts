import type { After } from './timer.ts';

/** How often at most everybody is told how many are online. */
const TELL_MS = 250;

export type OnlineOptions = {
  readonly now: () => number;
  readonly after: After;
  readonly tell: (online: number) => void;
};

/** Tells how many people are online when it has changed: at once, then once in a while. */
export class Online implements Disposable {
  readonly #options: OnlineOptions;
  #told: number | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #latest = 0;
  #cancel: (() => void) | undefined;

  constructor(options: OnlineOptions) {
    this.#options = options;
  }

  take(online: number): void {
    this.#latest = online;
    if (this.#cancel !== undefined) return;
    const waitMs = this.#toldAt + TELL_MS - this.#options.now();
    if (waitMs <= 0) this.#tell();
    else
      this.#cancel = this.#options.after(waitMs, () => {
        this.#cancel = undefined;
        this.#tell();
      });
  }

  [Symbol.dispose](): void {
    this.#cancel?.();
  }

  #tell(): void {
    if (this.#latest === this.#told) return;
    this.#told = this.#latest;
    this.#toldAt = this.#options.now();
    this.#options.tell(this.#latest);
  }
}
