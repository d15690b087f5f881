import type { Event } from '@partyline/protocol';
import type { Cookie, Feed, Heads, Repair } from '../datagram.ts';
import { FeedRoom } from './room.ts';

/** What a receiver tells of the feed, in order. */
export type FeedNews =
  | { readonly type: 'event'; readonly event: Event }
  /** Events from `from` on can't be had any more; the room goes on at `next`, in `epoch`. */
  | {
      readonly type: 'gap';
      readonly room: string;
      readonly from: number;
      readonly next: number;
      readonly epoch: string;
    };

export type FeedReceiverOptions = {
  /** Whether a room is wanted. */
  readonly wants: (room: string) => boolean;
  /** The last events that are known already; other rooms begin where they are. */
  readonly cursors?: { readonly epoch: string; readonly rooms: Readonly<Record<string, number>> };
  /** Milliseconds of a clock that doesn't go back. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
};

/** Rooms remembered of a feed that names more of them than it can have. */
const ROOMS = 256;

/**
 * Makes of the datagrams of one server's feed, which may be lost, doubled and out of order, its
 * rooms' events: each once and in order. Without sockets: datagrams go in, questions come out.
 */
export class FeedReceiver {
  readonly #options: FeedReceiverOptions;
  readonly #rooms = new Map<string, FeedRoom>();
  /** Of rooms of a log that is no more, which event was next. */
  readonly #left = new Map<string, number>();
  readonly #past = new Set<string>();
  #epoch: string | undefined;
  #cookie: string | undefined;

  constructor(options: FeedReceiverOptions) {
    this.#options = options;
    this.#epoch = options.cursors?.epoch;
    for (const [room, seq] of Object.entries(options.cursors?.rooms ?? {}))
      if (options.wants(room)) this.#rooms.set(room, new FeedRoom(seq));
  }

  /** Takes a datagram of the server; returns what it brought to be told. */
  take(it: Feed | Heads | Cookie): readonly FeedNews[] {
    switch (it.type) {
      case 'cookie':
        this.#cookie = it.cookie;
        return [];
      case 'heads':
        return it.rooms.flatMap((room) => this.#hear(it.epoch, room));
      case 'feed':
        return it.events.flatMap((event) => this.#event(it.epoch, event));
    }
  }

  /** What to ask the server for now. */
  due(): readonly Repair[] {
    const { now, random } = this.#options;
    const epoch = this.#epoch;
    if (epoch === undefined) return [];
    const at = now();
    return [...this.#rooms].flatMap(([room, it]) => {
      const hole = it.due(at, random);
      const cookie = this.#cookie === undefined ? {} : { cookie: this.#cookie };
      return hole === undefined
        ? []
        : [{ type: 'repair', epoch, room, ...hole, ...cookie } as const];
    });
  }

  #event(epoch: string, event: Event): readonly FeedNews[] {
    const { room, news } = this.#room(epoch, event.room, event.seq - 1);
    return [...news, ...toNews(room?.take(event) ?? [])];
  }

  #hear(
    epoch: string,
    { room: name, first, head }: { room: string; first: number; head: number },
  ): readonly FeedNews[] {
    const { room, news } = this.#room(epoch, name, head);
    if (room === undefined) return news;
    room.hear(head);
    if (room.next >= first) return news;
    const from = room.next;
    const ready = room.skipTo(first);
    return [...news, { type: 'gap', room: name, from, next: first, epoch }, ...toNews(ready)];
  }

  /** A wanted room of the feed; a new one begins after `after`. */
  #room(
    epoch: string,
    name: string,
    after: number,
  ): { readonly room?: FeedRoom; readonly news: readonly FeedNews[] } {
    if (!this.#options.wants(name) || !this.#turnTo(epoch)) return { news: [] };
    const known = this.#rooms.get(name);
    if (known !== undefined) return { room: known, news: [] };
    const room = new FeedRoom(after);
    if (this.#rooms.size < ROOMS) this.#rooms.set(name, room);
    const from = this.#left.get(name);
    this.#left.delete(name);
    if (from === undefined) return { room, news: [] };
    return { room, news: [{ type: 'gap', room: name, from, next: after + 1, epoch }] };
  }

  /** Whether an epoch is the log's. When the log becomes another one, what numbers meant is void. */
  #turnTo(epoch: string): boolean {
    if (epoch === this.#epoch) return true;
    // A datagram of a log that is no more came late.
    if (this.#past.has(epoch)) return false;
    if (this.#epoch !== undefined) this.#past.add(this.#epoch);
    for (const [room, { next }] of this.#rooms) this.#left.set(room, next);
    this.#rooms.clear();
    this.#epoch = epoch;
    return true;
  }
}

const toNews = (events: readonly Event[]): readonly FeedNews[] =>
  events.map((event) => ({ type: 'event', event }));
