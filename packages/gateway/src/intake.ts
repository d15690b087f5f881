import type { Problem } from '@partyline/protocol';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { FloodBucket, type FloodLimit } from './flood.ts';

/** A frame, or what was wrong with something that is none. */
export type Incoming = string | Problem;

/** Whoever takes what came in. */
export interface Consumer {
  /** Whether it can take one more now; when not, it calls `pump` once it can. */
  isReady(): boolean;
  take(incoming: Incoming): void;
}

/**
 * What came from one client and was not taken yet. Taken in order, as fast as the consumer and the
 * flood limit allow; as long as something waits, the client is not read from, so that it is held
 * back by its own transport and nothing is lost.
 */
export class Intake {
  readonly #connection: Connection;
  readonly #consumer: Consumer;
  readonly #clock: Clock;
  readonly #bucket: FloodBucket;
  #waiting: Incoming[] = [];
  #next = 0;
  #pumping = false;
  #paused = false;
  #cancelTimer: (() => void) | undefined;

  constructor(connection: Connection, consumer: Consumer, clock: Clock, limit: FloodLimit) {
    this.#connection = connection;
    this.#consumer = consumer;
    this.#clock = clock;
    this.#bucket = new FloodBucket(limit, clock.now());
  }

  get isEmpty(): boolean {
    return this.#next === this.#waiting.length;
  }

  push(incoming: Incoming): void {
    this.#waiting.push(incoming);
    this.pump();
  }

  /** Gives the consumer all it can take now. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    while (!this.isEmpty && this.#consumer.isReady() && this.#withinLimit()) {
      const incoming = this.#waiting[this.#next++];
      if (incoming !== undefined) this.#consumer.take(incoming);
    }
    this.#pumping = false;
    if (this.isEmpty && this.#next > 0) {
      this.#waiting = [];
      this.#next = 0;
    }
    this.#hold(!this.isEmpty);
  }

  /** Forgets what was not taken. */
  close(): void {
    this.#waiting = [];
    this.#next = 0;
    this.#cancelTimer?.();
  }

  #withinLimit(): boolean {
    if (this.#cancelTimer !== undefined) return false;
    const waitMs = this.#bucket.take(this.#clock.now());
    if (waitMs === 0) return true;
    this.#cancelTimer = this.#clock.after(waitMs, () => {
      this.#cancelTimer = undefined;
      this.pump();
    });
    return false;
  }

  #hold(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.#connection.pause();
    else this.#connection.resume();
  }
}
