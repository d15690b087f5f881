import type { Event, EventPage } from '@partyline/protocol';
import { backoffMs, type Sleep } from './backoff.ts';
import type { Cursors, PageRequest } from './cursors.ts';

export type FillerOptions = {
  readonly cursors: Cursors;
  /** Reads a page of the log; rejects when it can't be had. */
  readonly read: (request: PageRequest) => Promise<EventPage>;
  readonly deliver: (events: readonly Event[]) => void;
  readonly random: () => number;
  readonly sleep: Sleep;
  /** Ends all reading. */
  readonly signal: AbortSignal;
};

/** Rooms that are filled at once. */
const AT_ONCE = 8;

/** Reads the pages that cursors need. A room's next page is read when the last one was delivered. */
export class Filler {
  readonly #options: FillerOptions;
  #underWay = 0;
  #failures = 0;

  constructor(options: FillerOptions) {
    this.#options = options;
  }

  /** Call whenever a page may be needed. */
  pump(): void {
    const { cursors, signal } = this.#options;
    while (this.#underWay < AT_ONCE && !signal.aborted) {
      const request = cursors.next();
      if (request === undefined) return;
      this.#underWay += 1;
      void this.#fill(request).finally(() => {
        this.#underWay -= 1;
        this.pump();
      });
    }
  }

  async #fill(request: PageRequest): Promise<void> {
    const { cursors, read, deliver, random, sleep, signal } = this.#options;
    const page = await read(request).catch(() => undefined);
    if (signal.aborted) return;
    const events = page && cursors.page(request, page);
    if (events === undefined) {
      this.#failures += 1;
      await sleep(backoffMs(this.#failures, random), signal);
      cursors.failed(request);
    } else {
      this.#failures = 0;
      if (events.length > 0) deliver(events);
    }
  }
}
