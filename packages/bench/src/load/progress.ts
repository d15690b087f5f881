const STALL_MS = 15_000;

/** Counts what is awaited. A wait ends when all is there, or fails when nothing comes any more. */
export class Progress {
  #count = 0;
  #goal = 0;
  #waiting: PromiseWithResolvers<void> | undefined;
  #broken: Error | undefined;

  get count(): number {
    return this.#count;
  }

  add(more: number): void {
    this.#count += more;
    if (this.#count >= this.#goal) this.#waiting?.resolve();
  }

  /** Fails whoever waits, now and later. */
  break(why: Error): void {
    this.#broken ??= why;
    this.#waiting?.reject(why);
  }

  /** Resolves when the count is `goal`; fails when it is more, since something then came twice. */
  async until(goal: number): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    if (this.#count < goal) await this.#wait(goal);
    if (this.#count > goal) throw new Error(`${this.#count} came where ${goal} were due`);
  }

  async #wait(goal: number): Promise<void> {
    const waiting = Promise.withResolvers<void>();
    this.#goal = goal;
    this.#waiting = waiting;
    let before = this.#count;
    const watch = setInterval(() => {
      if (this.#count === before)
        waiting.reject(new Error(`${this.#count} of ${goal} came, and no more`));
      before = this.#count;
    }, STALL_MS);
    try {
      await waiting.promise;
    } finally {
      clearInterval(watch);
      this.#waiting = undefined;
    }
  }
}
