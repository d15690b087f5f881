import { fc, test } from '@fast-check/vitest';
import type { Event, EventPage, StreamLine } from '@partyline/protocol';
import { expect } from 'vitest';
import { Cursors, type PageRequest } from './cursors.ts';

const rooms = ['lobby', '~a~b'] as const;
const PAGE_EVENTS = 3;

/**
 * A chat-core, a stream that loses lines and breaks, pages that are answered late and out of turn,
 * and a reader who checks everything it is given against what it is owed.
 */
class Simulation {
  readonly cursors = new Cursors();
  #epoch = 1;
  #logs = new Map<string, Event[]>();
  /** The stream: what chat-core wrote and the reader has not read. */
  #inFlight: StreamLine[] | undefined;
  /** chat-core writes no more to the stream; the reader doesn't know yet. */
  #isCut = false;
  #behind = 0;
  /** The stream lost something since its welcome. */
  #hasLost = false;
  #pages: { request: PageRequest; page: EventPage }[] = [];
  /** The next event that each followed room owes. */
  readonly #owed = new Map<string, number>();
  #welcomed = '1';

  constructor() {
    this.connect();
    this.read();
  }

  append(room: string): void {
    const seq = this.head(room) + 1;
    const event: Event = {
      ...{ room, seq, at: 0, id: `${this.#epoch}/${room}/${seq}`, kind: 'message' },
      ...{ session: 's', person: 's', nick: 'ada', text: '' },
    };
    this.#logs.set(room, [...(this.#logs.get(room) ?? []), event]);
    this.#write({ type: 'event', event });
  }

  /** A session is put in a room; its client may have seen less of it, by `behind` events. */
  enter(room: string, behind: number): void {
    this.#behind = behind;
    this.#write({ type: 'entered', session: 's', room, since: this.head(room) });
  }

  connect(): void {
    if (this.#isCut) this.disconnect();
    if (this.#inFlight !== undefined) return;
    this.cursors.attach([]);
    this.#hasLost = false;
    const heads = Object.fromEntries(rooms.map((room) => [room, this.head(room)]));
    this.#inFlight = [
      { type: 'welcome', instance: 'i', epoch: `${this.#epoch}`, online: 0, heads },
    ];
  }

  disconnect(): void {
    this.#inFlight = undefined;
    this.#isCut = false;
    this.cursors.detach();
  }

  /** Another log takes the place of this one. */
  replaceLog(events: number): void {
    this.#isCut = this.#inFlight !== undefined;
    this.#epoch += 1;
    this.#logs = new Map();
    for (let count = 0; count < events; count += 1) this.append('lobby');
  }

  lose(): void {
    const index = this.#inFlight?.findIndex((it) => it.type === 'event') ?? -1;
    if (index === -1) return;
    this.#inFlight?.splice(index, 1);
    this.#hasLost = true;
  }

  read(): void {
    const line = this.#inFlight?.shift();
    if (line?.type === 'welcome') {
      const isReset = this.cursors.welcome(line);
      expect(isReset).toBe(line.epoch !== this.#welcomed);
      this.#welcomed = line.epoch;
      if (isReset)
        for (const room of this.#owed.keys()) this.#owed.set(room, (line.heads[room] ?? 0) + 1);
    } else if (line !== undefined && this.cursors.take(line)) {
      if (line.type === 'event') this.#receive(line.event);
      if (line.type === 'entered') this.follow(line.room, Math.max(0, line.since - this.#behind));
    }
  }

  ask(): boolean {
    const request = this.cursors.next();
    if (request === undefined) return false;
    const { room, after } = request;
    const log = this.#logs.get(room) ?? [];
    const events = log.filter((it) => it.seq > after).slice(0, PAGE_EVENTS);
    const page = {
      ...{ epoch: `${this.#epoch}`, room, first: log.length === 0 ? 0 : 1, head: log.length },
      events,
    };
    this.#pages.push({ request, page });
    return true;
  }

  /** One of the pages comes, whichever, or can't be had. */
  answer(which: number, fails: boolean): void {
    const [answered] = this.#pages.splice(which % Math.max(1, this.#pages.length), 1);
    if (answered === undefined) return;
    const { request, page } = answered;
    const events = fails ? undefined : this.cursors.page(request, page);
    if (events === undefined) this.cursors.failed(request);
    else for (const event of events) this.#receive(event);
  }

  follow(room: string, cursor: number): void {
    this.cursors.follow(room, cursor);
    this.#owed.set(room, Math.max(this.#owed.get(room) ?? 0, cursor + 1));
  }

  unfollow(room: string): void {
    this.cursors.unfollow(room);
    this.#owed.delete(room);
  }

  head(room: string): number {
    return this.#logs.get(room)?.length ?? 0;
  }

  /** Nothing fails any more: everything that is owed must come, at once unless the end of it was lost. */
  settle(): void {
    this.connect();
    this.#drain();
    if (this.#hasLost) {
      this.disconnect();
      this.connect();
      this.#drain();
    }
    for (const [room, owed] of this.#owed) {
      expect(owed).toBe(this.head(room) + 1);
      expect(this.cursors.cursor(room)).toBe(this.head(room));
    }
  }

  #drain(): void {
    while (this.#inFlight !== undefined && this.#inFlight.length > 0) this.read();
    while (this.#pages.length > 0 || this.ask()) this.answer(0, false);
  }

  #write(line: StreamLine): void {
    if (!this.#isCut) this.#inFlight?.push(line);
  }

  #receive(event: Event): void {
    expect(event.seq).toBe(this.#owed.get(event.room));
    expect(event.id).toBe(`${this.#welcomed}/${event.room}/${event.seq}`);
    this.#owed.set(event.room, event.seq + 1);
  }
}

const room = fc.constantFrom(...rooms);

const always = (weight: number, act: (it: Simulation) => void) => ({
  ...{ weight, arbitrary: fc.constant(act) },
});
const withOne = <T>(
  weight: number,
  of: fc.Arbitrary<T>,
  act: (it: Simulation, one: T) => void,
) => ({
  weight,
  arbitrary: of.map((one) => (it: Simulation) => act(it, one)),
});

const step = fc.oneof(
  always(8, (it) => it.read()),
  always(6, (it) => void it.ask()),
  always(2, (it) => it.lose()),
  always(4, (it) => it.connect()),
  always(2, (it) => it.disconnect()),
  withOne(8, room, (it, name) => it.append(name)),
  withOne(3, fc.tuple(room, fc.nat(1)), (it, [name, behind]) => it.enter(name, behind)),
  withOne(2, room, (it, name) => it.unfollow(name)),
  withOne(5, fc.tuple(room, fc.nat(5)), (it, [name, back]) =>
    it.follow(name, Math.max(0, it.head(name) - back)),
  ),
  withOne(5, fc.tuple(fc.nat(3), fc.boolean()), (it, [which, fails]) => it.answer(which, fails)),
  withOne(1, fc.nat(5), (it, events) => it.replaceLog(events)),
);

test.prop([fc.array(step, { maxLength: 150, size: 'max' })], { numRuns: 3_000 })(
  'every followed room delivers what follows its cursor, each event once and in order',
  (steps) => {
    const simulation = new Simulation();
    for (const act of steps) act(simulation);
    simulation.settle();
  },
);
