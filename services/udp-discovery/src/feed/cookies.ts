import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Source } from '../intake/source.ts';

/** How long a cookie is taken: one to two of these. */
const SLOT_MS = 60_000;

/**
 * Proofs that a source is where it says: who sends one back got the datagram that brought it. Nothing
 * is kept for whoever asks.
 */
export class Cookies {
  readonly #key: Buffer;
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that doesn't go back. */
  constructor(key: Buffer, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  give(source: Source): string {
    return this.#cookie(source, this.#slot());
  }

  isGood(cookie: string, source: Source): boolean {
    const slot = this.#slot();
    const given = Buffer.from(cookie);
    return [slot, slot - 1].some((it) => {
      const right = Buffer.from(this.#cookie(source, it));
      return given.length === right.length && timingSafeEqual(given, right);
    });
  }

  #slot(): number {
    return Math.floor(this.#now() / SLOT_MS);
  }

  #cookie({ address, port }: Source, slot: number): string {
    const mac = createHmac('sha256', this.#key).update(`${address} ${port} ${slot}`).digest();
    return mac.subarray(0, 12).toString('base64url');
  }
}
