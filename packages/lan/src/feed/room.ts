import type { Event } from '@partyline/protocol';

/** Events kept that came before their turn; those over it are asked for again later. */
const WAITING = 4_096;
/** Events that one question asks for. */
const ASKED = 64;
/** How long a hole may fill by itself, or by what others ask for, before it is asked about. */
const PATIENCE_MS = 100;
const AGAIN_MS = 200;
const MOST_MS = 2_000;

/** Some of a room's events that are missing. */
export type Hole = { readonly from: number; readonly to: number };

/** One room of a feed, put back in order. */
export class FeedRoom {
  readonly #waiting = new Map<number, Event>();
  #head: number;
  #next: number;
  #dueAt: number | undefined;
  #tries = 0;

  /** Begins after the event `after`. */
  constructor(after: number) {
    this.#next = after + 1;
    this.#head = after;
  }

  /** The number of the event that is next. */
  get next(): number {
    return this.#next;
  }

  /** Takes an event; returns those whose turn it is now. */
  take(event: Event): readonly Event[] {
    if (event.seq < this.#next) return [];
    this.#head = Math.max(this.#head, event.seq);
    if (this.#waiting.size < WAITING || event.seq === this.#next)
      this.#waiting.set(event.seq, event);
    return this.#drain();
  }

  /** Hears how far the room has come. */
  hear(head: number): void {
    this.#head = Math.max(this.#head, head);
  }

  /** Gives up what can't be had any more, all before `first`. */
  skipTo(first: number): readonly Event[] {
    this.#next = first;
    for (const seq of this.#waiting.keys()) if (seq < first) this.#waiting.delete(seq);
    return this.#drain();
  }

  /** What is to be asked for now, if anything. `random` is from 0 to below 1: not all ask at once. */
  due(now: number, random: () => number): Hole | undefined {
    if (this.#head < this.#next) return undefined;
    this.#dueAt ??= now + PATIENCE_MS * random();
    if (now < this.#dueAt) return undefined;
    this.#dueAt = now + Math.min(MOST_MS, AGAIN_MS * 2 ** this.#tries) * (1 + random());
    this.#tries += 1;
    const most = Math.min(this.#head, this.#next + ASKED - 1);
    let to = this.#next;
    while (to < most && !this.#waiting.has(to + 1)) to += 1;
    return { from: this.#next, to };
  }

  #drain(): readonly Event[] {
    const ready: Event[] = [];
    for (let it = this.#waiting.get(this.#next); it; it = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      ready.push(it);
      this.#next += 1;
    }
    if (ready.length > 0) {
      this.#dueAt = undefined;
      this.#tries = 0;
    }
    return ready;
  }
}
