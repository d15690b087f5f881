import type { Event, EventPage, StreamLine, StreamLineOf } from '@partyline/protocol';

/** A page of the log that fills a hole: the events of `room` after `after`. */
export type PageRequest = { readonly room: string; readonly after: number };

type Place =
  | { readonly at: 'live' }
  /** A page is needed; `goal` is the last event that is known to exist. */
  | { readonly at: 'behind'; goal: number }
  | { readonly at: 'reading'; goal: number; readonly request: PageRequest };

type Followed = {
  /** The last event that was delivered. */
  cursor: number;
  place: Place;
};

const live: Place = { at: 'live' };

/** The last event that a room is known to have. */
const goalOf = ({ place, cursor }: Followed): number => (place.at === 'live' ? cursor : place.goal);

/**
 * Where the reading of each followed room stands. Fed with what the stream and the log bring, it
 * says what of it is delivered and which page is needed next, so that each event after a room's
 * cursor is delivered once and in order: a hole is filled from the log, page by page, before
 * anything live is delivered again. While it is filled, live events are dropped; they are in the
 * log too. Pure: no time, no I/O.
 */
export class Cursors {
  readonly #rooms = new Map<string, Followed>();
  /** Rooms whose place is `behind`, first come first served. */
  readonly #behind = new Set<string>();
  /** Rooms that are followed from what comes first, since the hello asked for them. */
  #asked: ReadonlySet<string> = new Set();
  /** Where a session came in by the line that was taken last. */
  #entrance: { readonly room: string; readonly since: number } | undefined;
  #attached = false;
  /** Rooms whose cursor may be newer than the heads of the welcome that is awaited. */
  #moved = new Set<string>();
  #epoch: string | undefined;

  /**
   * Delivers the room's events after `cursor` from now on; a room that is followed already never
   * goes backwards. What the log has beyond the cursor is delivered first.
   */
  follow(room: string, cursor: number): void {
    if (!this.#attached) this.#moved.add(room);
    const known = this.#rooms.get(room);
    if (known !== undefined) {
      known.cursor = Math.max(known.cursor, cursor);
      return;
    }
    const followed: Followed = { cursor, place: live };
    this.#rooms.set(room, followed);
    // After an entrance the stream brings everything; otherwise some of it may have passed already.
    const { room: entered, since = 0 } = this.#entrance ?? {};
    if (entered !== room || cursor < since) this.#fallBehind(room, followed, cursor);
  }

  unfollow(room: string): void {
    this.#rooms.delete(room);
    this.#behind.delete(room);
  }

  /** The last event of a followed room that was delivered. */
  cursor(room: string): number | undefined {
    return this.#rooms.get(room)?.cursor;
  }

  /** A stream is being asked for, by an instance whose hello asks for these rooms. */
  attach(asked: readonly string[]): void {
    this.#asked = new Set(asked);
    this.#moved = new Set();
  }

  /** The stream broke: nothing is delivered until the next one's welcome. */
  detach(): void {
    this.#attached = false;
    this.#entrance = undefined;
    for (const [room, followed] of this.#rooms)
      if (followed.place.at === 'reading') this.#fallBehind(room, followed, goalOf(followed));
  }

  /** The stream's first line. Returns whether the log became another one, so that cursors jumped to its end. */
  welcome({ epoch, heads }: StreamLineOf<'welcome'>): boolean {
    const isBelow = ([room, head]: [string, number]): boolean =>
      !this.#moved.has(room) && head < (this.cursor(room) ?? 0);
    const isReset = epoch !== (this.#epoch ?? epoch) || Object.entries(heads).some(isBelow);
    this.#epoch = epoch;
    this.#attached = true;
    for (const room of this.#asked) {
      const head = heads[room];
      if (head !== undefined && !this.#rooms.has(room))
        this.#rooms.set(room, { cursor: head, place: live });
    }
    for (const [room, followed] of this.#rooms) {
      const head = heads[room];
      if (isReset) this.#jump(room, followed, head ?? 0);
      else if (head !== undefined && head > followed.cursor) this.#seen(room, followed, head);
    }
    return isReset;
  }

  /** A line of the stream after its welcome. Returns whether it is to be delivered now. */
  take(line: StreamLine): boolean {
    this.#entrance = line.type === 'entered' ? line : undefined;
    if (line.type === 'heartbeat') return false;
    return line.type !== 'event' || this.#isNext(line.event);
  }

  /** The page that is needed next, if any; it is to be answered by `page` or `failed`. */
  next(): PageRequest | undefined {
    if (!this.#attached) return undefined;
    for (const room of this.#behind) {
      this.#behind.delete(room);
      const followed = this.#rooms.get(room);
      if (followed?.place.at !== 'behind') continue;
      const request = { room, after: followed.cursor };
      followed.place = { at: 'reading', goal: followed.place.goal, request };
      return request;
    }
    return undefined;
  }

  /**
   * The page that was asked for. Returns what of it is to be delivered; undefined when the log
   * isn't there yet that the stream told of: then the request has failed.
   */
  page(request: PageRequest, page: EventPage): readonly Event[] | undefined {
    const followed = this.#asker(request);
    if (followed === undefined) return [];
    const goal = Math.max(goalOf(followed), page.head);
    // Without events, the log has dropped everything between the cursor and its head.
    const reached = page.events.at(-1)?.seq ?? page.head;
    const isStuck = reached <= request.after && request.after < goal;
    if (page.epoch !== this.#epoch || isStuck) return undefined;
    const events = page.events.filter((it) => it.seq > followed.cursor);
    followed.cursor = Math.max(followed.cursor, reached);
    if (followed.cursor < goal) this.#fallBehind(request.room, followed, goal);
    else followed.place = live;
    return events;
  }

  /** The page can't be had now; it will be needed again. */
  failed(request: PageRequest): void {
    const followed = this.#asker(request);
    if (followed !== undefined) this.#fallBehind(request.room, followed, goalOf(followed));
  }

  /** The room that waits for this very request; it may have been let go, or reset, in the meantime. */
  #asker(request: PageRequest): Followed | undefined {
    const followed = this.#rooms.get(request.room);
    return followed?.place.at === 'reading' && followed.place.request === request
      ? followed
      : undefined;
  }

  #isNext({ room, seq }: Event): boolean {
    const followed = this.#rooms.get(room);
    if (followed === undefined) {
      if (!this.#asked.has(room)) return false;
      this.#rooms.set(room, { cursor: seq, place: live });
      return true;
    }
    if (followed.place.at === 'live' && seq === followed.cursor + 1) {
      followed.cursor = seq;
      return true;
    }
    if (seq > followed.cursor) this.#seen(room, followed, seq);
    return false;
  }

  /** The room has an event that can't be delivered yet. */
  #seen(room: string, followed: Followed, seq: number): void {
    if (followed.place.at === 'live') this.#fallBehind(room, followed, seq);
    else followed.place.goal = Math.max(followed.place.goal, seq);
  }

  #fallBehind(room: string, followed: Followed, goal: number): void {
    followed.place = { at: 'behind', goal };
    this.#behind.add(room);
  }

  #jump(room: string, followed: Followed, head: number): void {
    followed.cursor = head;
    followed.place = live;
    this.#behind.delete(room);
  }
}
