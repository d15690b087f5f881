import type { EventPage } from '@partyline/protocol';
import type { Clock } from './clock.ts';
import type { Pages } from './pages.ts';
import type { Reader } from './reader.ts';
import { eventTo, type Rendering } from './rendering.ts';

/** The live stream that a reader wants to come (back) to. */
export interface LiveEdge {
  readonly room: string;
  /** The last event that was shown to those who read live. */
  readonly head: number;
  /** Takes a reader in who has seen everything up to `head`. */
  goLive(reader: Reader): void;
}

/** How long to wait before a page is asked for again that couldn't be had. */
const RETRY_MS = 500;

/**
 * A reader apart from the live stream of a room, because it came with a cursor of its own or fell
 * behind. It is served page by page from the log, each page only once the last one is out; never
 * pages and live events at once. When it has seen what everybody has, it goes live.
 */
export class CatchUp {
  readonly #reader: Reader;
  readonly #edge: LiveEdge;
  readonly #pages: Pages;
  readonly #clock: Clock;
  #cursor: number;
  /** `ahead`: it has seen more than was shown live, which happens when the log is read before its stream is. */
  #state: 'reading' | 'draining' | 'ahead' | 'over' = 'draining';

  constructor(reader: Reader, cursor: number, edge: LiveEdge, pages: Pages, clock: Clock) {
    this.#reader = reader;
    this.#cursor = cursor;
    this.#edge = edge;
    this.#pages = pages;
    this.#clock = clock;
  }

  /** The last event that the reader was shown. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Events that live readers have been shown and this one hasn't. */
  get owed(): number {
    return Math.max(0, this.#edge.head - this.#cursor);
  }

  /** Does what its place asks for next. */
  step(): void {
    if (this.#state === 'over') return;
    if (this.#cursor === this.#edge.head) {
      this.#state = 'over';
      this.#edge.goLive(this.#reader);
    } else if (this.#cursor > this.#edge.head) {
      this.#state = 'ahead';
    } else if (this.#reader.outbox.overWater) {
      this.#state = 'draining';
      this.#reader.outbox.whenDrained(() => this.step());
    } else {
      this.#state = 'reading';
      this.#pages.after(this.#edge.room, this.#cursor).then(
        (page) => this.#show(page),
        () => this.#later(),
      );
    }
  }

  /** What the live readers are being shown; the edge's head is the last event of it. */
  hear(rendering: Rendering): void {
    const reader = this.#reader;
    const { outbox } = reader;
    if (this.#state === 'ahead') {
      const seen = this.#cursor;
      outbox.push(rendering.pick(reader, (it) => it.type === 'signal' || it.event.seq > seen));
      this.#cursor = Math.max(seen, this.#edge.head);
      this.step();
    } else if (!outbox.overWater) {
      outbox.push(rendering.pick(reader, (it) => it.type === 'signal'));
    }
  }

  stop(): void {
    this.#state = 'over';
  }

  #show({ first, events }: EventPage): void {
    if (this.#state === 'over') return;
    const reader = this.#reader;
    const { renderer, outbox } = reader;
    if (first > this.#cursor + 1) {
      reader.gap(this.#edge.room, this.#cursor + 1, first);
      this.#cursor = first - 1;
    }
    const unseen = events.filter((event) => event.seq > this.#cursor);
    const last = unseen.at(-1);
    if (last === undefined) {
      this.#later();
      return;
    }
    const frames = unseen.flatMap((event) => eventTo(reader, event, renderer.event(event)));
    outbox.push(renderer.encode(frames));
    this.#cursor = last.seq;
    this.step();
  }

  #later(): void {
    this.#clock.after(RETRY_MS, () => this.step());
  }
}
