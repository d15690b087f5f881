/**
 * Who adds to an upload: one request at a time, and the newest. Whoever comes back after a break
 * needn't wait until it was noticed here.
 */
export class Turns {
  readonly #running = new Map<string, { readonly end: () => void; readonly over: Promise<void> }>();

  /** Ends whoever has the turn, waits until they are done, and takes it until it is disposed of. */
  async take(id: string, end: () => void): Promise<Disposable> {
    for (;;) {
      const before = this.#running.get(id);
      if (before === undefined) break;
      before.end();
      await before.over;
    }
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#running.set(id, { end, over });
    return {
      [Symbol.dispose]: () => {
        this.#running.delete(id);
        resolve();
      },
    };
  }
}
