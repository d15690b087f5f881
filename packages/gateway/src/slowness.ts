import type { Outbox } from './outbox.ts';

/**
 * Since when a client has been behind: more waits for it than may, or it is served from the log and
 * takes that slowly. Looked at now and then.
 */
export class Slowness {
  #since: number | undefined;

  /** `owed`: events that it is still to be shown from the log. */
  look(outbox: Outbox, owed: () => number, now: number): void {
    const isBehind = outbox.queuedBytes > 0 && (outbox.overWater || owed() > 0);
    if (isBehind) this.#since ??= now;
    else this.#since = undefined;
  }

  /** For how long it has been behind; undefined when it isn't. */
  behindMs(now: number): number | undefined {
    return this.#since === undefined ? undefined : now - this.#since;
  }
}
