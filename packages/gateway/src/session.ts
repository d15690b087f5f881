import {
  type Command,
  isPairRoom,
  isProblem,
  LOBBY,
  type Outcome,
  type Problem,
  problem,
  type Receipt,
  type ReceiptOf,
  type RoomState,
} from '@partyline/protocol';
import type { CloseReason } from './close-reason.ts';
import type { Connection, Receiver } from './connection.ts';
import type { Answer, Interpreter, Renderer, Request, You } from './dialect.ts';
import type { GatewayParts } from './gateway.ts';
import { type Consumer, type Incoming, Intake } from './intake.ts';
import type { Line } from './line.ts';
import { Outbox } from './outbox.ts';
import type { Reader } from './reader.ts';
import type { Desk, Member } from './requests/desk.ts';
import { requests } from './requests/index.ts';
import { newToken, sessionOf } from './token.ts';

type State =
  | { readonly at: 'door' }
  /** The line was asked; `entered` are rooms that it put the session in before its answer came. */
  | {
      readonly at: 'opening';
      readonly session: string;
      readonly entered: Map<string, number>;
      /** Of which the line told before its answer came. */
      nick?: string;
    }
  | { readonly at: 'in'; readonly member: Member }
  | { readonly at: 'over' };

/** How a session came to its end. */
type Ending = CloseReason | 'vanished';

/** Publishes of one client under way at once. More wait unread, so that one client can't fill the line. */
const WINDOW = 128;

/**
 * One client: who it is, where it is, what it asked for and what it is owed. The same for every
 * dialect and every transport.
 */
export class Session implements Receiver, Consumer, Reader, Desk {
  readonly line: Line;
  readonly outbox: Outbox;
  readonly renderer: Renderer;
  readonly #connection: Connection;
  readonly #interpreter: Interpreter;
  readonly #parts: GatewayParts;
  readonly #intake: Intake;
  readonly #pump: () => void;
  #state: State = { at: 'door' };
  #leaving: Ending | undefined;
  /** Requests under way. */
  #underWay = 0;
  /** A request that lets no other pass: it waits for those before it, and those after it wait. */
  #alone: { readonly request: Request; started: boolean } | undefined;
  readonly #acceptedAt: number;
  #lastFrameAt: number;
  #takenBytes = 0;
  #takenAt: number;

  constructor(connection: Connection, interpreter: Interpreter, parts: GatewayParts) {
    const { clock, line, settings, turn } = parts;
    this.line = line;
    this.renderer = interpreter.renderer;
    this.outbox = new Outbox(connection, turn, settings.highWaterBytes);
    this.#connection = connection;
    this.#interpreter = interpreter;
    this.#parts = parts;
    this.#intake = new Intake(connection, this, clock, settings);
    this.#pump = () => this.#intake.pump();
    this.#acceptedAt = this.#lastFrameAt = this.#takenAt = clock.now();
    this.show({ type: 'greeting', online: parts.online() });
  }

  /** The session's id; empty before it is opened. */
  get id(): string {
    return this.#state.at === 'in' ? this.#state.member.session : '';
  }

  // What the transport tells.

  frame(text: string): void {
    this.#lastFrameAt = this.#parts.clock.now();
    if (this.#isOpen()) this.#intake.push(text);
  }

  fault(it: Problem): void {
    if (this.#isOpen()) this.#intake.push(it);
  }

  drained(): void {
    this.outbox.drained();
  }

  gone(how: 'ended' | 'vanished'): void {
    if (this.#state.at === 'over') return;
    this.#leaving = how === 'ended' ? 'goodbye' : 'vanished';
    // What had come before is still carried out, though nobody may hear the answers.
    this.#intake.pump();
    this.#endIfIdle();
  }

  // What the line tells.

  /** The session came into a room otherwise than by its own join. */
  entered(room: string, since: number): void {
    if (this.#state.at === 'opening') this.#state.entered.set(room, since);
    if (this.#state.at === 'in') this.#read(this.#state.member, room, since);
  }

  /** The session goes by another nick otherwise than by its own rename. */
  renamed(nick: string): void {
    if (this.#state.at === 'opening') this.#state.nick = nick;
    if (this.#state.at !== 'in') return;
    this.#state.member.nick = nick;
    this.show({ type: 'renamed', nick, elsewhere: true });
  }

  /** The session is out of a room otherwise than by its own part. */
  removed(room: string, reason: string): void {
    this.part(room);
    this.show({ type: 'removed', room, reason });
  }

  /** The session may come into a room now. */
  invited(room: string, by: string): void {
    this.show({ type: 'invited', room, by });
  }

  /** The session is over. */
  ended(cause: 'kicked' | 'resumed' | 'expired', detail?: string): void {
    const reasons = { kicked: 'kicked', resumed: 'resumed-elsewhere', expired: 'ended' } as const;
    const reason = reasons[cause];
    if (this.#state.at === 'over') return;
    this.show({ type: 'closing', reason, ...(detail !== undefined && { detail }) });
    this.#over();
    this.#connection.end(reason);
  }

  // What the gateway asks.

  /** Says goodbye once what was accepted is answered. What came but wasn't taken is not accepted. */
  stop(reason: CloseReason): void {
    if (!this.#isOpen()) return;
    this.#intake.close();
    this.show({ type: 'closing', reason });
    this.#leaving = reason;
    this.#endIfIdle();
  }

  /** Looks whether the client took too long for something. */
  sweep(now: number): void {
    const { loginMs, idleMs, stallMs } = this.#parts.settings;
    const taken = this.outbox.takenBytes;
    if (this.outbox.queuedBytes === 0 || taken !== this.#takenBytes) {
      this.#takenBytes = taken;
      this.#takenAt = now;
    }
    if (now - this.#takenAt > stallMs) {
      this.#parts.counts.tooSlow += 1;
      this.#end('too-slow');
    } else if (this.#state.at === 'door' && isOver(loginMs, now - this.#acceptedAt)) {
      this.stop('login-timeout');
    } else if (isOver(idleMs, now - this.#lastFrameAt)) {
      this.stop('idle');
    }
  }

  // What requests need.

  show(answer: Answer): void {
    if (this.#state.at === 'over') return;
    const frames = this.#interpreter.show(answer, this.#you());
    this.outbox.push(this.renderer.encode(frames));
  }

  async publish<T extends Receipt['type']>(
    expected: T,
    command: Command,
    id = this.#parts.newId(),
  ): Promise<ReceiptOf<T> | Problem> {
    return settled(expected, await this.#publish(this.id, command, id));
  }

  newToken(): string {
    return newToken(this.#parts.random);
  }

  open(token: string, type: 'open' | 'resume', nick = ''): Promise<ReceiptOf<'opened'> | Problem> {
    return this.#arrive(token, async (session, connection) => {
      const command: Command =
        type === 'open' ? { type, nick, token, ...connection } : { type, token, ...connection };
      return settled('opened', await this.#publish(session, command, this.#parts.newId()));
    });
  }

  logIn(token: string, nick: string, password: string): Promise<ReceiptOf<'opened'> | Problem> {
    return this.#arrive(token, async (session, connection) => {
      const receipt = await this.line.login({ token, nick, password, ...connection });
      // Not heard whether the line opened it: if so, it is nobody's.
      if (isProblem(receipt) && receipt.code === 'unavailable')
        this.#sayGoodbye(session, 'goodbye');
      return receipt;
    });
  }

  enter(receipt: ReceiptOf<'opened'>, cursorOf: (room: RoomState) => number): void {
    if (this.#state.at !== 'opening') return;
    const { entered, nick = receipt.nick } = this.#state;
    const { session } = receipt;
    const member: Member = { session, nick, rooms: new Set(), room: undefined };
    this.#state = { at: 'in', member };
    this.#parts.sessions.admit(this, session);
    this.#parts.counts.sessions += 1;
    for (const room of receipt.rooms) this.#read(member, room.room, cursorOf(room));
    for (const [room, since] of entered) this.#read(member, room, since);
    member.room = roomToTalkIn(member.rooms);
  }

  join({ room, since }: RoomState): void {
    if (this.#state.at === 'in') this.#read(this.#state.member, room, since);
  }

  part(room: string): void {
    if (this.#state.at !== 'in') return;
    const { member } = this.#state;
    this.#parts.hub.leave(room, this);
    member.rooms.delete(room);
    if (member.room === room) member.room = roomToTalkIn(member.rooms);
  }

  gap(room: string, from: number, next: number): void {
    this.show({ type: 'gap', room, from, next, epoch: this.#parts.epoch() });
  }

  quit(): void {
    this.stop('goodbye');
  }

  // What came in, one at a time.

  isReady(): boolean {
    if (this.#state.at === 'over' || this.#alone !== undefined || this.#underWay >= WINDOW)
      return false;
    if (this.#leaving !== 'vanished' && this.outbox.overWater) {
      this.outbox.whenDrained(this.#pump);
      return false;
    }
    return !this.#parts.congestion.holds(this.#pump);
  }

  take(incoming: Incoming): void {
    this.#parts.counts.frames += 1;
    const request =
      typeof incoming === 'string' ? this.#interpreter.read(incoming, this.#you()) : incoming;
    if (request === undefined) return;
    if (isProblem(request)) this.#refuse(request);
    else this.#perform(request);
  }

  #perform(request: Request): void {
    const { who } = requests[request.type];
    const isMember = this.#state.at === 'in';
    if (who === 'member' && !isMember) this.#refuse(problem('login-needed'), request);
    else if (who === 'stranger' && isMember) this.#refuse(problem('login-done'), request);
    else if (isAtOnce(request)) this.#start(request);
    else {
      this.#alone = { request, started: false };
      this.#goOn();
    }
  }

  #start(request: Request): void {
    this.#underWay += 1;
    this.#handle(request).then(
      (answer) => this.#finish(request, answer),
      (error: unknown) => {
        this.#parts.log.warn(
          { err: error, request: request.type },
          'a request could not be carried out',
        );
        this.#finish(request, problem('unavailable'));
      },
    );
  }

  #handle(request: Request): Promise<Answer | Problem | undefined> {
    // The table pairs each type with its own handler; the compiler can't follow that through the union.
    const entry = requests[request.type] as (typeof requests)['say'] | (typeof requests)['login'];
    if (entry.who !== 'member') return entry.handle(this, request as never);
    if (this.#state.at !== 'in') return Promise.resolve(problem('login-needed'));
    return entry.handle(this, request as never, this.#state.member);
  }

  #finish(request: Request, answer: Answer | Problem | undefined): void {
    this.#underWay -= 1;
    if (this.#alone?.started) this.#alone = undefined;
    if (isProblem(answer)) this.#refuse(answer, request);
    else if (answer !== undefined) this.show(answer);
    // The line ended the session, and word of it was lost on the way.
    if (isProblem(answer) && answer.code === 'session-unknown') this.ended('expired');
    this.#goOn();
  }

  #goOn(): void {
    if (this.#alone?.started === false && this.#underWay === 0) {
      this.#alone.started = true;
      this.#start(this.#alone.request);
    }
    this.#intake.pump();
    this.#endIfIdle();
  }

  #refuse(it: Problem, request?: Request): void {
    this.#parts.counts.refusals += 1;
    const id = request !== undefined && 'id' in request ? request.id : undefined;
    this.show({
      type: 'refused',
      problem: it,
      ...(request !== undefined && { request: request.type }),
      ...(id !== undefined && { id }),
    });
  }

  /** Asks the line that this connection be the session of a token. */
  async #arrive(
    token: string,
    ask: (
      session: string,
      connection: Pick<Connection, 'wire' | 'address'>,
    ) => Promise<ReceiptOf<'opened'> | Problem>,
  ): Promise<ReceiptOf<'opened'> | Problem> {
    const session = sessionOf(token);
    const { wire, address } = this.#connection;
    this.#state = { at: 'opening', session, entered: new Map() };
    this.#parts.sessions.arrive(this, session);
    const receipt = await ask(session, { wire, ...(address !== undefined && { address }) });
    if (this.#isOver()) {
      // The client went while the line was asked.
      if (!isProblem(receipt)) this.#sayGoodbye(session, 'vanished');
    } else if (isProblem(receipt)) {
      this.#parts.sessions.turnAway(this);
      this.#state = { at: 'door' };
    }
    return receipt;
  }

  #publish(session: string, command: Command, id: string): Promise<Outcome> {
    const trace = this.#parts.newTrace();
    this.#parts.counts.publishes += 1;
    this.#parts.log.debug({ trace_id: trace.slice(3, 35), session, type: command.type }, 'publish');
    return this.line.publish({ id, session, command, trace });
  }

  #read(member: Member, room: string, cursor: number): void {
    if (member.rooms.has(room)) return;
    member.rooms.add(room);
    this.#parts.hub.join(room, this, cursor);
  }

  // How it ends.

  #isOver(): boolean {
    return this.#state.at === 'over';
  }

  #isOpen(): boolean {
    return !this.#isOver() && this.#leaving === undefined;
  }

  #endIfIdle(): void {
    if (this.#leaving === undefined || this.#state.at === 'over') return;
    if (this.#intake.isEmpty && this.#underWay === 0 && this.#alone === undefined)
      this.#end(this.#leaving);
  }

  #end(how: Ending): void {
    if (this.#state.at === 'in') this.#sayGoodbye(this.id, how);
    this.#over();
    if (how === 'too-slow') this.#connection.destroy(how);
    else if (how !== 'vanished') this.#connection.end(how);
  }

  /** Others see a client that may come back leave only when it hasn't in time. */
  #sayGoodbye(session: string, how: Ending): void {
    const isComingBack = this.#interpreter.resumable && how !== 'goodbye';
    const command: Command = { type: isComingBack ? 'detach' : 'close' };
    this.#parts.farewell(this.#publish(session, command, this.#parts.newId()));
  }

  #over(): void {
    if (this.#state.at === 'in') {
      for (const room of this.#state.member.rooms) this.#parts.hub.leave(room, this);
      this.#parts.counts.sessions -= 1;
    }
    this.#parts.sessions.forget(this, this.id);
    this.#state = { at: 'over' };
    this.#intake.close();
    this.outbox.flush();
  }

  #you(): You | undefined {
    return this.#state.at === 'in' ? this.#state.member : undefined;
  }
}

/** Whether a time is over a limit, of which 0 means none. */
const isOver = (limitMs: number, ms: number): boolean => limitMs > 0 && ms > limitMs;

/** The room to talk in when none was chosen: the lobby, or another that is no pair's. */
const roomToTalkIn = (rooms: ReadonlySet<string>): string | undefined =>
  rooms.has(LOBBY) ? LOBBY : [...rooms].find((room) => !isPairRoom(room));

const isAtOnce = (request: Request): boolean => {
  const entry = requests[request.type];
  return entry.who === 'member' && entry.next === 'at-once';
};

/** The receipt that was expected, or why there is none. */
const settled = <T extends Receipt['type']>(
  expected: T,
  outcome: Outcome,
): ReceiptOf<T> | Problem => {
  if (outcome.type === 'refused') return outcome.problem;
  if (outcome.type === expected) return outcome as ReceiptOf<T>;
  throw new Error(`expected the receipt ${expected}, got ${outcome.type}`);
};
