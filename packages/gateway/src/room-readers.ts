import { CatchUp, type LiveEdge } from './catch-up.ts';
import type { Clock } from './clock.ts';
import type { Counts } from './counts.ts';
import type { Renderer } from './dialect.ts';
import type { GatewayOptions } from './gateway.ts';
import type { Pages } from './pages.ts';
import type { Reader } from './reader.ts';
import { type Occurrence, Rendering } from './rendering.ts';
import type { Flushable, Turn } from './turn.ts';

/** What rooms share. */
export type RoomParts = {
  readonly turn: Turn;
  readonly pages: Pages;
  readonly clock: Clock;
  readonly counts: Counts;
  readonly traceDelivery: GatewayOptions['traceDelivery'];
};

/**
 * One room's readers on this gateway: those who read live, by renderer, and those apart who are
 * catching up. What comes in one turn is rendered once per renderer at its end.
 */
export class RoomReaders implements LiveEdge, Flushable {
  readonly room: string;
  readonly #parts: RoomParts;
  readonly #live = new Map<Renderer, Set<Reader>>();
  readonly #apart = new Map<Reader, CatchUp>();
  #pending: Occurrence[] = [];
  /** Of what is pending: whom to tell that readers are owed it. */
  #traced: ((readers: number) => void)[] = [];
  #head: number;

  constructor(room: string, head: number, parts: RoomParts) {
    this.room = room;
    this.#head = head;
    this.#parts = parts;
  }

  get head(): number {
    return this.#head;
  }

  get isEmpty(): boolean {
    return this.#live.size === 0 && this.#apart.size === 0;
  }

  /** Takes a reader in who has seen everything up to `cursor`. */
  join(reader: Reader, cursor: number): void {
    if (cursor === this.#head) this.goLive(reader);
    else this.#setApart(reader, cursor);
  }

  leave(reader: Reader): void {
    const catchUp = this.#apart.get(reader);
    if (catchUp !== undefined) {
      catchUp.stop();
      this.#apart.delete(reader);
      this.#parts.counts.catchingUp -= 1;
      return;
    }
    const group = this.#live.get(reader.renderer);
    group?.delete(reader);
    if (group?.size === 0) this.#live.delete(reader.renderer);
  }

  /** Events that a reader is still to be shown from the log; 0 of one that reads live. */
  owed(reader: Reader): number {
    return this.#apart.get(reader)?.owed ?? 0;
  }

  /** Takes a live reader out for a moment, in which its renderer changes; whether it was one. */
  withhold(reader: Reader): boolean {
    this.flush();
    if (!this.#live.get(reader.renderer)?.has(reader)) return false;
    this.leave(reader);
    return true;
  }

  /** Something happened in the room. Events come in order; what is missing between two is gone from the log. */
  take(occurrence: Occurrence): void {
    if (occurrence.type === 'event') {
      this.#expect(occurrence.event.seq);
      const traced = this.#parts.traceDelivery?.(occurrence.event);
      if (traced !== undefined) this.#traced.push(traced);
    }
    if (this.#pending.length === 0) this.#parts.turn.room(this);
    this.#pending.push(occurrence);
  }

  /** The log became another one, whose last event is `head`: nobody's place holds any more. */
  reset(head: number): void {
    this.flush();
    const live = [...this.#live.values()].flatMap((group) => [...group]);
    for (const reader of live) reader.gap(this.room, this.#head + 1, head + 1);
    const apart = [...this.#apart];
    this.#head = head;
    for (const [reader, catchUp] of apart) {
      catchUp.stop();
      reader.gap(this.room, catchUp.cursor + 1, head + 1);
      this.goLive(reader);
    }
  }

  goLive(reader: Reader): void {
    if (this.#apart.delete(reader)) this.#parts.counts.catchingUp -= 1;
    const group = this.#live.get(reader.renderer);
    if (group === undefined) this.#live.set(reader.renderer, new Set([reader]));
    else group.add(reader);
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const occurrences = this.#pending;
    this.#pending = [];
    const before = this.#head;
    const events = occurrences.filter((it) => it.type === 'event');
    this.#head = events.at(-1)?.event.seq ?? before;

    const renderings = new Map<Renderer, Rendering>();
    const renderingFor = (renderer: Renderer): Rendering => {
      const rendering = renderings.get(renderer) ?? new Rendering(occurrences, renderer);
      renderings.set(renderer, rendering);
      return rendering;
    };

    const late: Reader[] = [];
    for (const [renderer, group] of this.#live) {
      const rendering = renderingFor(renderer);
      for (const reader of group) {
        if (reader.outbox.overWater) late.push(reader);
        else reader.outbox.push(rendering.of(reader));
      }
      this.#parts.counts.deliveries += events.length * group.size;
    }
    for (const [reader, catchUp] of [...this.#apart]) catchUp.hear(renderingFor(reader.renderer));
    this.#tellTraced();
    for (const reader of late) {
      // Signals may be dropped; what is in the log is read from there later.
      if (events.length === 0) continue;
      if (reader.renderer.liveOnly) {
        reader.cut();
        continue;
      }
      this.#parts.counts.fellBehind += 1;
      this.leave(reader);
      this.#setApart(reader, before);
    }
  }

  #tellTraced(): void {
    if (this.#traced.length === 0) return;
    const traced = this.#traced;
    this.#traced = [];
    const live = [...this.#live.values()].reduce((sum, group) => sum + group.size, 0);
    for (const told of traced) told(live);
  }

  /** Tells those who read live of what was deleted before it could be shown. Others find it in their pages. */
  #expect(seq: number): void {
    const last = this.#pending.findLast((it) => it.type === 'event')?.event.seq ?? this.#head;
    if (seq <= last + 1) return;
    this.flush();
    for (const group of this.#live.values())
      for (const reader of group) reader.gap(this.room, last + 1, seq);
    this.#head = seq - 1;
  }

  #setApart(reader: Reader, cursor: number): void {
    const catchUp = new CatchUp(reader, cursor, this, this.#parts.pages, this.#parts.clock);
    this.#apart.set(reader, catchUp);
    this.#parts.counts.catchingUp += 1;
    catchUp.step();
  }
}
