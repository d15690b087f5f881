import { type EventPage, limits } from '@partyline/protocol';
import type { Line } from './line.ts';

/** Pages of the log as catch-up needs them. Readers that stand at the same place share one request. */
export class Pages {
  readonly #line: Line;
  readonly #underWay = new Map<string, Promise<EventPage>>();

  constructor(line: Line) {
    this.#line = line;
  }

  /** The page that follows a cursor. */
  after(room: string, cursor: number): Promise<EventPage> {
    const key = `${cursor} ${room}`;
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const page = this.#line
      .events(room, { after: cursor, limit: limits.pageEvents })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, page);
    return page;
  }
}
