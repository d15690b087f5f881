import type { Command, Event, Outcome, StreamLine } from '@partyline/protocol';
import { type Sink, Streams } from '../../bus/streams.ts';
import { createMemoryStore } from '../../store/memory/store.ts';
import { FanOut } from '../fan-out.ts';
import { createLine, type Line } from '../line.ts';
import { rules, sessionId, tokenOf } from '../rehearsal.ts';
import { trimRooms } from '../trimming.ts';

/** A stretch of a log that a client was told it can't have any more. */
export type Gap = { readonly from: number; readonly next: number };

/** What one client was shown of a room, over all its connections. */
export type Shown = { cursor: number; readonly seqs: number[]; readonly gaps: Gap[] };

/** A client of the simulated gateways. It keeps what it was shown, and its cursors. */
export type Client = {
  readonly name: string;
  /** Which of its sessions this one is: another begins when the last can't be resumed. */
  generation: number;
  /** Whether it has a session that it may resume. */
  isKnown: boolean;
  /** The instance that it is connected to. */
  at: string | undefined;
  /** Rooms that its gateway takes it to be in. */
  readonly rooms: Set<string>;
  shown: Map<string, Shown>;
};

export const sessionOf = ({ name, generation }: Client): string =>
  sessionId(`${name}-${generation}`);

/** chat-core with gateways as simple as can be: each holds clients, and does what streams and receipts tell. */
export class Gateways {
  readonly store = createMemoryStore();
  readonly clock = { now: 1_000_000 };
  readonly clients: readonly Client[];
  /** Every event that was appended, as it was told. */
  readonly appended: Event[] = [];
  readonly #sinks = new Map<string, Sink>();
  /** Lines of each stream that were not heard yet. */
  readonly #arrived = new Map<string, string[]>();
  #streams = new Streams();
  #fanOut: FanOut;
  #line: Line;
  #ids = 0;

  constructor(names: readonly string[]) {
    this.clients = names.map((name) => ({
      ...{ name, generation: 0, isKnown: false, at: undefined, rooms: new Set<string>() },
      shown: new Map<string, Shown>(),
    }));
    [this.#fanOut, this.#line] = this.#start();
  }

  isAttached(instance: string): boolean {
    return this.#streams.attached.has(instance);
  }

  /** chat-core is killed and started again: what it only remembered is gone, and so are all streams. */
  async restart(): Promise<void> {
    this.#arrived.clear();
    this.#streams = new Streams();
    [this.#fanOut, this.#line] = this.#start();
    await this.#line.run({ type: 'wake' });
  }

  /** A gateway says hello, and has a stream from then on. */
  async attach(instance: string): Promise<void> {
    this.#streams.expect(instance);
    const sessions = this.#at(instance).map(sessionOf);
    const hello = { kind: 'test', endpoints: [], commands: ['dns'], sessions, rooms: [] };
    const ended = await this.#line.run({ type: 'hello', instance, hello });
    if ('code' in ended) throw new Error(ended.message);
    for (const it of this.#at(instance))
      if (ended.includes(sessionOf(it))) this.#disconnect(it, { resumable: true });
    this.#arrived.set(instance, []);
    const sink: Sink = {
      queuedBytes: 0,
      write: (text) => this.#arrived.get(instance)?.push(...text.trimEnd().split('\n')),
      end: () => {},
      destroy: () => {},
    };
    this.#sinks.set(instance, sink);
    this.#streams.ask(instance, sink);
    await this.#line.run({ type: 'attach', instance });
    // The log fills what the stream didn't bring.
    for (const it of this.#at(instance)) await this.#catchUpAll(it);
    await this.#hear();
  }

  /** A gateway's stream breaks. */
  async lose(instance: string): Promise<void> {
    if (!this.isAttached(instance)) return;
    const sink = this.#sinks.get(instance);
    if (sink !== undefined) this.#streams.closed(instance, sink);
    this.#arrived.delete(instance);
    this.#fanOut.drop(instance);
    await this.#line.run({ type: 'lapse', instance });
  }

  async passTime(ms: number): Promise<void> {
    this.clock.now += ms;
    await this.#line.run({ type: 'renew', instances: [...this.#streams.attached] });
    while (await this.#line.run({ type: 'sweep' }));
    await trimRooms(
      this.store,
      () => this.clock.now,
      () => false,
    );
    await this.#hear();
  }

  /** A client connects, and goes on where it was if it can. */
  async come(client: Client, instance: string): Promise<void> {
    if (client.at !== undefined) return;
    const wire = { wire: 'test', address: '10.0.0.1' };
    const token = tokenOf(`${client.name}-${client.generation}`);
    const command: Command = client.isKnown
      ? { type: 'resume', token, ...wire }
      : { type: 'open', nick: client.name, token, ...wire };
    client.at = instance;
    const outcome = await this.#publish(client, command);
    if (outcome.type !== 'opened') {
      client.at = undefined;
      if (client.isKnown) this.#forget(client);
      return;
    }
    client.isKnown = true;
    for (const { room, since } of outcome.rooms) await this.#enter(client, room, since);
    await this.#hear();
  }

  /** A client's connection vanishes. */
  async vanish(client: Client): Promise<void> {
    if (client.at === undefined) return;
    await this.#publish(client, { type: 'detach' });
    this.#disconnect(client, { resumable: true });
    await this.#hear();
  }

  /** A client asks for something. `late`: its stream is heard before the answer. */
  async ask(client: Client, command: Command, late: boolean): Promise<void> {
    if (client.at === undefined) return;
    const outcome = await this.#publish(client, command);
    if (late) await this.#hear();
    if (outcome.type === 'joined') await this.#enter(client, outcome.room.room, outcome.room.since);
    if (outcome.type === 'parted') client.rooms.delete(outcome.room);
    if (command.type === 'close')
      this.#disconnect(client, { resumable: command.resumable === true });
    await this.#hear();
  }

  #start(): [FanOut, Line] {
    const { store, clock } = this;
    const streams = this.#streams;
    const now = () => clock.now;
    // Presence is no part of what is simulated: its timers may rest.
    const fanOut = new FanOut({ epoch: store.epoch, outlets: streams, now, after: () => () => {} });
    const line = createLine({
      ...{ store, rules, attached: streams.attached, now },
      deliver: (effects) => {
        for (const it of effects) if (it.type === 'event') this.appended.push(it.event);
        fanOut.deliver(effects);
      },
      watch: { committed: () => {}, failed: () => {} },
    });
    return [fanOut, line];
  }

  #at(instance: string): Client[] {
    return this.clients.filter((it) => it.at === instance);
  }

  async #publish(client: Client, command: Command): Promise<Outcome> {
    this.#ids += 1;
    const envelope = { id: `${this.#ids}`, session: sessionOf(client), command };
    const [outcome] = await this.#line.publish(client.at ?? '', [envelope]);
    if (outcome === undefined) throw new Error('not answered');
    return outcome;
  }

  /** Does what the streams have brought. */
  async #hear(): Promise<void> {
    for (const [instance, lines] of this.#arrived)
      for (const text of lines.splice(0)) await this.#take(instance, JSON.parse(text));
  }

  async #take(instance: string, line: StreamLine): Promise<void> {
    if (line.type === 'event') {
      for (const it of this.#at(instance))
        if (it.rooms.has(line.event.room)) await this.#deliver(it, line.event);
      return;
    }
    if (!('session' in line)) return;
    const client = this.#at(instance).find((it) => sessionOf(it) === line.session);
    if (client === undefined) return;
    if (line.type === 'entered') await this.#enter(client, line.room, line.since);
    if (line.type === 'removed') client.rooms.delete(line.room);
    if (line.type === 'ended') this.#disconnect(client, { resumable: line.cause === 'expired' });
  }

  async #enter(client: Client, room: string, since: number): Promise<void> {
    if (client.rooms.has(room)) return;
    const shown = client.shown.get(room) ?? { cursor: since, seqs: [], gaps: [] };
    shown.cursor = Math.max(shown.cursor, since);
    client.shown.set(room, shown);
    client.rooms.add(room);
    await this.#catchUp(room, shown);
  }

  async #deliver(client: Client, { room, seq }: Event): Promise<void> {
    const shown = client.shown.get(room);
    if (shown === undefined || seq <= shown.cursor) return;
    if (seq > shown.cursor + 1) return this.#catchUp(room, shown);
    shown.cursor = seq;
    shown.seqs.push(seq);
  }

  async #catchUpAll(client: Client): Promise<void> {
    for (const room of client.rooms) {
      const shown = client.shown.get(room);
      if (shown !== undefined) await this.#catchUp(room, shown);
    }
  }

  async #catchUp(room: string, shown: Shown): Promise<void> {
    for (;;) {
      const { events, head } = await this.store.read.page(room, { after: shown.cursor, limit: 3 });
      for (const { seq } of events) {
        if (seq > shown.cursor + 1) shown.gaps.push({ from: shown.cursor + 1, next: seq });
        shown.cursor = seq;
        shown.seqs.push(seq);
      }
      if (shown.cursor >= head) return;
    }
  }

  #disconnect(client: Client, { resumable }: { readonly resumable: boolean }): void {
    client.at = undefined;
    client.rooms.clear();
    if (!resumable) this.#forget(client);
  }

  #forget(client: Client): void {
    client.generation += 1;
    client.isKnown = false;
    client.shown = new Map();
  }
}
