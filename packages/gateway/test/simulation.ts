import {
  type Envelope,
  type Event,
  type EventPage,
  type EventQuery,
  LOBBY,
  type Outcome,
  type Problem,
  pairRoom,
  problem,
  type ReceiptOf,
  type StreamLine,
} from '@partyline/protocol';
import type {
  Clock,
  CloseReason,
  Connection,
  Dialect,
  Gateway,
  GatewaySettings,
  Line,
  Login,
  Receiver,
  Renderer,
  Stopwatch,
} from '../src/index.ts';
import { createGateway } from '../src/index.ts';

/** Time that stands still until it is moved. */
export class SimulatedClock implements Clock {
  #now = 1_000_000;
  #timers: { at: number; act: () => void }[] = [];
  #turn: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.#now + ms, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((it) => it !== timer);
    };
  }

  turnEnd(act: () => void): void {
    this.#turn.push(act);
  }

  /** Ends the turn: what was put off to its end is done, and promises settle. */
  async endTurn(): Promise<void> {
    for (let round = 0; round < 20; round++) await Promise.resolve();
    const acts = this.#turn;
    this.#turn = [];
    for (const act of acts) act();
    for (let round = 0; round < 20; round++) await Promise.resolve();
  }

  /** Ends turns until nothing is put off any more. */
  async settle(): Promise<void> {
    do await this.endTurn();
    while (this.#turn.length > 0);
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((it) => it.at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((it) => it !== due);
      this.#now = Math.max(this.#now, due.at);
      due.act();
      await this.settle();
    }
    this.#now = until;
    await this.settle();
  }
}

/** A client's connection whose kernel takes `roomBytes` and then queues until the client reads. */
export class SimulatedConnection implements Connection {
  readonly wire = 'lines+simulated';
  readonly address = '192.0.2.1';
  /** Every write, as text. */
  readonly writes: string[] = [];
  isPaused = false;
  closed: CloseReason | undefined;
  receiver: Receiver | undefined;
  #queued = 0;
  #isReading = true;

  get queuedBytes(): number {
    return this.#queued;
  }

  /** Every line the client was sent. */
  get lines(): readonly string[] {
    return this.writes.join('').split('\n').slice(0, -1);
  }

  write(bytes: Uint8Array): void {
    if (this.closed !== undefined) return;
    this.writes.push(Buffer.from(bytes).toString());
    if (!this.#isReading) this.#queued += bytes.length;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  end(reason: CloseReason): void {
    this.closed ??= reason;
  }

  destroy(reason: CloseReason): void {
    this.closed ??= reason;
  }

  send(...lines: string[]): void {
    for (const line of lines) this.receiver?.frame(line);
  }

  /** The client reads no more: what is written queues up. */
  stall(): void {
    this.#isReading = false;
  }

  /** The client reads on. */
  read(): void {
    this.#isReading = true;
    if (this.#queued === 0) return;
    this.#queued = 0;
    this.receiver?.drained();
  }
}

/** A line that keeps its logs in memory and answers when told to. */
export class SimulatedLine implements Line {
  congested = false;
  /** Everything published, in order. */
  readonly published: Envelope[] = [];
  readonly logs = new Map<string, Event[]>();
  readonly nicks = new Map<string, string>();
  readonly cursors = new Map<string, number>();
  /** Rooms, with nothing in them, that whoever comes is in, too. */
  alsoIn: readonly string[] = [];
  /** Held back answers; undefined when answers come at once. */
  held: (() => void)[] | undefined;
  /** Why everything is refused from now on, if it is. */
  refuse: Problem | undefined;
  take: (lines: readonly StreamLine[]) => void = () => {};
  /** The lobby's last event when each session came in. */
  readonly #since = new Map<string, number>();
  #clear: (() => void)[] = [];

  publish(envelope: Envelope): Promise<Outcome> {
    this.published.push(envelope);
    return new Promise((resolve) => {
      const answer = (): void => resolve(this.#decide(envelope));
      if (this.held === undefined) answer();
      else this.held.push(answer);
    });
  }

  whenClear(): Promise<void> {
    return new Promise((resolve) => this.#clear.push(resolve));
  }

  clear(): void {
    this.congested = false;
    for (const act of this.#clear.splice(0)) act();
  }

  /** Answers everything that was held back. */
  release(): void {
    const acts = this.held ?? [];
    this.held = undefined;
    for (const act of acts) act();
  }

  async events(room: string, query: EventQuery): Promise<EventPage> {
    const log = this.logs.get(room) ?? [];
    const events =
      'before' in query
        ? log.filter((it) => it.seq < query.before).slice(-query.limit)
        : log
            .filter((it) => !('after' in query) || it.seq > query.after)
            .filter((it) => !('at' in query) || it.at >= query.at)
            .slice(0, Math.min(query.limit, 3));
    return { epoch: 'e', room, first: log[0]?.seq ?? 0, head: this.head(room), events };
  }

  async rooms() {
    return [...this.logs.keys()].map((room) => ({ room, members: 1, seq: this.head(room) }));
  }

  async commands() {
    return [{ name: 'roll', usage: '[DICE]' }];
  }

  async members() {
    return { count: this.nicks.size, members: [...this.nicks.values()].map((nick) => ({ nick })) };
  }

  async instances() {
    const [commands, endpoints] = [[], ['http://localhost:8080']];
    const lease = { sessions: 0, startedAt: 0, leaseUntil: 0 };
    return [{ instance: 'h1', kind: 'http-static', endpoints, commands, ...lease }];
  }

  async people(nicks: readonly string[], session: string) {
    const here = new Set(this.nicks.values());
    const pairWith = (nick: string): string => pairRoom(nick, this.nicks.get(session) ?? '');
    return nicks
      .filter((nick) => here.has(nick))
      .map((nick) => ({ nick, online: true, rooms: [], pair: pairWith(nick) }));
  }

  async prove() {
    return problem('password-wrong');
  }

  async markers() {
    return [];
  }

  async search() {
    return { events: [] };
  }

  async register() {
    return problem('unavailable');
  }

  async identify() {
    return problem('password-wrong');
  }

  readonly monitoring = new Set<string>();

  async monitor({ add, remove }: { add: readonly string[]; remove: readonly string[] }) {
    for (const key of add) this.monitoring.add(key);
    for (const key of remove) this.monitoring.delete(key);
  }

  async certificates() {
    return [];
  }

  async certify() {
    return problem('unavailable');
  }

  async decertify() {
    return problem('unavailable');
  }

  async login({ token, nick = '', ...who }: Login): Promise<ReceiptOf<'opened'> | Problem> {
    if (!('password' in who) || who.password !== 'right') return problem('password-wrong');
    const session = token.slice(0, token.indexOf('.'));
    this.nicks.set(session, nick);
    return this.#opened(session, session);
  }

  follow(room: string, cursor: number): void {
    this.cursors.set(room, Math.max(cursor, this.cursors.get(room) ?? 0));
  }

  unfollow(room: string): void {
    this.cursors.delete(room);
  }

  cursor(room: string): number | undefined {
    return this.cursors.get(room);
  }

  head(room: string): number {
    return this.logs.get(room)?.at(-1)?.seq ?? 0;
  }

  /** Appends an event to a room's log; it isn't delivered yet. */
  append(room: string, session: string, text: string, id = `i${this.head(room)}`, at = 1): Event {
    const event: Event = {
      ...{ room, seq: this.head(room) + 1, at, id, kind: 'message', session, person: session },
      ...{ nick: this.nicks.get(session) ?? session, text },
    };
    this.logs.set(room, [...(this.logs.get(room) ?? []), event]);
    return event;
  }

  /** Delivers what the log has beyond the cursor, as the bus does. */
  deliver(room: string): void {
    const cursor = this.cursors.get(room);
    if (cursor === undefined) return;
    const events = (this.logs.get(room) ?? []).filter((it) => it.seq > cursor);
    this.cursors.set(room, this.head(room));
    if (events.length > 0) this.take(events.map((event) => ({ type: 'event', event })));
  }

  #decide({ id, session, command }: Envelope): Outcome {
    if (this.refuse !== undefined) return { id, type: 'refused', problem: this.refuse };
    switch (command.type) {
      case 'open': {
        if ([...this.nicks.values()].includes(command.nick))
          return { id, type: 'refused', problem: problem('nick-taken') };
        this.nicks.set(session, command.nick);
        return this.#opened(id, session);
      }
      case 'resume':
        return this.nicks.has(session)
          ? this.#opened(id, session)
          : { id, type: 'refused', problem: problem('resume-unknown') };
      case 'say': {
        const { seq, at } = this.append(command.room, session, command.text, id);
        return { id, type: 'published', room: command.room, seq, at };
      }
      case 'join': {
        const seq = this.head(command.room);
        return { id, type: 'joined', room: { room: command.room, seq, since: seq, members: 1 } };
      }
      case 'part':
        return { id, type: 'parted', room: command.room };
      case 'rename':
        this.nicks.set(session, command.nick);
        return { id, type: 'renamed', nick: command.nick };
      case 'bans':
        return { id, type: 'bans', room: command.room, count: 0, bans: [] };
      default:
        return { id, type: 'done' };
    }
  }

  #opened(id: string, session: string): ReceiptOf<'opened'> {
    const seq = this.head(LOBBY);
    const since = this.#since.get(session) ?? seq;
    this.#since.set(session, since);
    return {
      ...{ id, type: 'opened', session, nick: this.nicks.get(session) ?? '', epoch: 'e' },
      online: this.nicks.size,
      rooms: [
        { room: LOBBY, seq, since, members: 1 },
        ...this.alsoIn.map((room) => ({ room, seq: 0, since: 0, members: 1 })),
      ],
    };
  }
}

const renderer = (echo: boolean, log: string[]): Renderer => ({
  echo,
  event: (event) => {
    log.push(`${event.room}/${event.seq}`);
    return [`${event.room}/${event.seq} ${event.nick}:${event.text}`];
  },
  signal: (signal) => {
    if (signal.type === 'typing') return [`typing ${signal.nick}`];
    if (signal.type === 'deed') return [`deed ${signal.what.deed} by ${signal.by}`];
    return signal.changes.map((it) => `${it.change} ${it.nick}`);
  },
  encode: (frames) => Buffer.from(frames.map((frame) => `${frame}\n`).join('')),
});

/** A dialect of JSON requests and answers, without any rule of its own; `rendered` tells what was rendered. */
export const lines = (options: { echo?: boolean; resumable?: boolean } = {}) => {
  const rendered: string[] = [];
  const shared = renderer(options.echo ?? true, rendered);
  const dialect: Dialect = {
    name: 'lines',
    interpreter: () => ({
      renderer: shared,
      resumable: options.resumable ?? true,
      read: (frame) => JSON.parse(frame),
      show: (answer) => [`${answer.type} ${JSON.stringify(answer)}`],
    }),
  };
  return { dialect, rendered };
};

/** A gateway with everything about it simulated. */
export const simulate = (settings: Partial<GatewaySettings> = {}, delivery?: Stopwatch) => {
  const clock = new SimulatedClock();
  const line = new SimulatedLine();
  let byte = 0;
  const gateway: Gateway = createGateway({
    line,
    clock,
    settings: {
      ...{ highWaterBytes: 1_000, stallMs: 60_000, loginMs: 0, idleMs: 0 },
      ...{ floodBurst: 0, floodPerSecond: 0 },
      ...settings,
    },
    log: { debug: () => {}, warn: () => {} },
    random: (bytes) => Buffer.alloc(bytes, byte++),
    ...(delivery !== undefined && { delivery }),
    newTrace: () => '00-00000000000000000000000000000001-0000000000000001-01',
  });
  line.take = (lines) => gateway.take(lines);

  const connect = (dialect: Dialect): SimulatedConnection => {
    const connection = new SimulatedConnection();
    connection.receiver = gateway.accept(connection, dialect);
    return connection;
  };
  /** A client that has logged in, and what it was sent since. */
  const enter = async (nick: string, dialect: Dialect): Promise<SimulatedConnection> => {
    const connection = connect(dialect);
    connection.send(JSON.stringify({ type: 'login', nick }));
    await clock.settle();
    connection.writes.length = 0;
    return connection;
  };
  return { clock, line, gateway, connect, enter };
};

/** A request to say something, as the dialect of lines has it. */
export const say = (text: string, id?: string): string =>
  JSON.stringify({ type: 'say', text, kind: 'message', ...(id !== undefined && { id }) });
