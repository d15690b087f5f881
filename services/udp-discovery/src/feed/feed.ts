import { writeDatagram } from '@partyline/lan';
import type { Event, StreamLine } from '@partyline/protocol';
import { packed } from './packing.ts';

/** Soon after the last event it is told how far a room has come, so that a lost last one is missed soon. */
const HEADS_MS = 100;

export type FeedOptions = {
  /** Rooms that are sent. */
  readonly rooms: readonly string[];
  /** Sends a datagram to every group. */
  readonly send: (datagram: Buffer) => void;
  /** Where questions are taken. */
  readonly port: number;
  /** Follows a room on the bus, from after a seq. */
  readonly follow: (room: string, after: number) => void;
};

/**
 * Each event of the chosen rooms, once to the groups, however many listen. Events of one turn of the
 * event loop share datagrams.
 */
export class Feed implements Disposable {
  readonly #options: FeedOptions;
  readonly #heads = new Map<string, number>();
  /** The first events that can still be had, as far as is known. */
  readonly #firsts = new Map<string, number>();
  #epoch = '';
  #turn: Event[] = [];
  #headsTimer: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  get epoch(): string {
    return this.#epoch;
  }

  has(room: string): boolean {
    return this.#options.rooms.includes(room);
  }

  /** What the bus brought, in order. */
  take(lines: readonly StreamLine[]): void {
    for (const line of lines) {
      if (line.type === 'welcome') this.#welcome(line);
      else if (line.type === 'event' && this.has(line.event.room)) this.#add(line.event);
    }
  }

  /** The first event of a room that can still be had turned out to be this. */
  learn(room: string, first: number): void {
    this.#firsts.set(room, first);
  }

  /** Tells how far the rooms have come. */
  tellHeads(): void {
    const datagram = this.heads();
    if (datagram !== undefined) this.#options.send(datagram);
  }

  /** How far the rooms have come; undefined when nothing is known. */
  heads(): Buffer | undefined {
    if (this.#heads.size === 0) return undefined;
    const rooms = [...this.#heads].map(([room, head]) => ({
      ...{ room, head },
      first: Math.min(this.#firsts.get(room) ?? 1, head + 1),
    }));
    const { port } = this.#options;
    return writeDatagram({ type: 'heads', epoch: this.#epoch, port, rooms });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#headsTimer);
  }

  #welcome({ epoch, heads }: Extract<StreamLine, { type: 'welcome' }>): void {
    const isFirst = this.#epoch === '';
    if (epoch !== this.#epoch) this.#firsts.clear();
    this.#epoch = epoch;
    for (const room of this.#options.rooms) {
      const head = heads[room] ?? 0;
      this.#heads.set(room, head);
      if (isFirst) this.#options.follow(room, head);
    }
  }

  #add(event: Event): void {
    if (this.#turn.length === 0) setImmediate(() => this.#sendTurn());
    this.#turn.push(event);
    this.#heads.set(event.room, event.seq);
  }

  #sendTurn(): void {
    const events = this.#turn;
    this.#turn = [];
    for (const ofRoom of Map.groupBy(events, (it) => it.room).values())
      for (const datagram of packed(this.#epoch, ofRoom)) this.#options.send(datagram);
    clearTimeout(this.#headsTimer);
    this.#headsTimer = setTimeout(() => this.tellHeads(), HEADS_MS);
  }
}
