import { createHash } from 'node:crypto';
import type { Source } from '../intake/source.ts';

/** Networks double datagrams, and senders repeat what was not confirmed, within a few seconds. */
const REPEAT_MS = 10_000;
/** Datagrams remembered; the oldest are forgotten first. */
const REMEMBERED = 10_000;

type Remembered<T> = { readonly result: Promise<T>; readonly at: number };

/** Sees to it that the same datagram from the same socket is acted on once. */
export class Repeats<T> {
  readonly #now: () => number;
  readonly #remembered = new Map<string, Remembered<T>>();

  /** `now`: milliseconds of a clock that doesn't go back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What came of the datagram: of the first one, when it came before. */
  once(datagram: Uint8Array, { address, port }: Source, act: () => Promise<T>): Promise<T> {
    const digest = createHash('sha256').update(datagram).digest('base64url');
    const key = `${address} ${port} ${digest}`;
    const now = this.#now();
    const known = this.#remembered.get(key);
    if (known !== undefined && now - known.at < REPEAT_MS) return known.result;
    const result = act();
    this.#remembered.delete(key);
    this.#remembered.set(key, { result, at: now });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return result;
  }
}
