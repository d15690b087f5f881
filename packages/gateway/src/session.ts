import type { PersonalDeed, Problem, SlowReader, StreamLineOf } from '@partyline/protocol';
import type { Answer } from './answer.ts';
import type { CloseReason } from './close-reason.ts';
import type { Connection, Receiver } from './connection.ts';
import type { Interpreter, Personal, Renderer } from './dialect.ts';
import type { GatewayParts } from './gateway.ts';
import { Outbox } from './outbox.ts';
import { Patience } from './patience.ts';
import type { Reader } from './reader.ts';
import type { Request } from './request.ts';
import { type Requester, RequestPipeline } from './request-pipeline.ts';
import { type DeskOwner, type Farewell, SessionDesk } from './session-desk.ts';
import { Slowness } from './slowness.ts';
import { Standing } from './standing.ts';

type EndCause = StreamLineOf<'ended'>['cause'];

/** How a client's connection ends when its session is over. */
const endReasons: Readonly<Record<EndCause, CloseReason>> = {
  kicked: 'kicked',
  resumed: 'resumed-elsewhere',
  expired: 'ended',
  'password-changed': 'password-changed',
};

/** How a session comes to its end. */
type Ending = CloseReason | 'finished' | 'vanished';

/**
 * One client, the same for every dialect and every transport: where it stands, what it asks for
 * and what it is owed. What happens to it comes in here; each of the parts knows only its own.
 */
export class Session implements Receiver, Reader, Requester, DeskOwner {
  readonly outbox: Outbox;
  readonly standing: Standing;
  readonly #connection: Connection;
  readonly #interpreter: Interpreter;
  readonly #parts: GatewayParts;
  readonly #desk: SessionDesk;
  readonly #requests: RequestPipeline;
  readonly #patience: Patience;
  readonly #slowness = new Slowness();
  /** How it will end once all that was accepted is carried out. */
  #leaving: Ending | undefined;
  #renderer: Renderer;
  #choresAt = 0;
  /** Ends waiting for a client that was cut to take what it is owed. */
  #giveUp: (() => void) | undefined;

  constructor(connection: Connection, interpreter: Interpreter, parts: GatewayParts) {
    const { clock, settings, turn } = parts;
    this.#renderer = interpreter.renderer;
    this.outbox = new Outbox(connection, turn, settings.highWaterBytes, parts.counts);
    this.standing = new Standing(this, parts);
    this.#connection = connection;
    this.#interpreter = interpreter;
    this.#parts = parts;
    this.#desk = new SessionDesk(this, connection, parts);
    this.#requests = new RequestPipeline(this, this.#desk, interpreter, connection, parts);
    this.#patience = new Patience(
      { ...settings, probeMs: interpreter.probe?.afterMs ?? 0 },
      clock.now(),
    );
    this.show({ type: 'greeting', online: parts.online() });
    if (interpreter.opening !== undefined) this.#requests.ask(interpreter.opening);
  }

  /** The session's id; empty before it is opened. */
  get id(): string {
    return this.standing.member?.session ?? '';
  }

  /** The account, or the session of a guest; empty before it is opened. */
  get person(): string {
    return this.standing.member?.person ?? '';
  }

  /** How the client's connection is called. */
  get wire(): string {
    return this.#connection.wire;
  }

  get resumable(): boolean {
    return this.#interpreter.resumable;
  }

  get hasVanished(): boolean {
    return this.#leaving === 'vanished';
  }

  get renderer(): Renderer {
    return this.#renderer;
  }

  get personal(): Personal | undefined {
    return this.#interpreter.personal;
  }

  show(answer: Answer, asked?: Request): void {
    if (this.standing.at === 'over') return;
    this.tell(this.#interpreter.show(answer, this.standing.member, asked));
  }

  tell(frames: readonly string[]): void {
    if (this.standing.at !== 'over') this.outbox.push(this.renderer.encode(frames));
  }

  reread(): void {
    const { renderer } = this.#interpreter;
    if (renderer === this.#renderer) return;
    const rooms = this.standing.member?.rooms ?? [];
    this.#parts.hub.rerender(this, rooms, () => {
      this.#renderer = renderer;
    });
  }

  // What the transport tells.

  frame(text: string): void {
    this.#patience.heard(this.#parts.clock.now());
    if (this.#isOpen()) this.#requests.push(text);
  }

  fault(it: Problem): void {
    if (this.#isOpen()) this.#requests.push(it);
  }

  drained(): void {
    this.outbox.drained();
  }

  gone(how: 'ended' | 'vanished'): void {
    if (how === 'vanished') this.#giveUp?.();
    if (this.standing.at === 'over') return;
    this.#leaving = how === 'ended' ? 'finished' : 'vanished';
    // What had come before is still carried out, though nobody may hear the answers.
    this.#requests.pump();
    this.#endIfIdle();
  }

  // What the line tells.

  /** The session came into a room otherwise than by its own join. */
  entered(room: string, since: number): void {
    this.standing.join(room, since);
  }

  /** The session goes by another nick otherwise than by its own rename. */
  renamed(nick: string): void {
    if (this.standing.member?.nick === nick) return;
    this.standing.rename(nick);
    if (this.standing.at === 'in') this.show({ type: 'renamed', nick, elsewhere: true });
  }

  /** The session is out of a room otherwise than by its own part. */
  removed({ session: _, ...removed }: StreamLineOf<'removed'>): void {
    this.standing.part(removed.room);
    this.show(removed);
  }

  /** Something was done to the client by a moderator. */
  concerned(room: string, by: string, what: PersonalDeed): void {
    const { member } = this.standing;
    if (member !== undefined) this.show({ type: 'concerned', room, nick: member.nick, by, what });
  }

  /** The session may come into a room now. */
  invited(room: string, by: string): void {
    this.show({ type: 'invited', room, by });
  }

  /** Those whom it monitors came, or went. */
  monitored(came: readonly string[], went: readonly string[]): void {
    this.tell(this.#interpreter.monitored?.(came, went) ?? []);
  }

  /** The line may have told less than happened. */
  remonitor(): void {
    if (this.standing.at === 'in' && this.#isOpen())
      this.#requests.add(this.#interpreter.remonitor?.() ?? []);
  }

  /** Events of a room from `from` on can't be had any more; it goes on at `next`. */
  gap(room: string, from: number, next: number): void {
    this.show({ type: 'gap', room, from, next, epoch: this.#parts.epoch() });
  }

  /** The session is over. */
  ended(cause: EndCause, detail?: string): void {
    const reason = endReasons[cause];
    if (this.standing.at === 'over') return;
    this.show({ type: 'closing', reason, ...(detail !== undefined && { detail }) });
    this.#over();
    this.#connection.end(reason);
  }

  // What its own requests tell.

  carriedOut(): void {
    this.#endIfIdle();
  }

  expired(): void {
    this.ended('expired');
  }

  // What the gateway asks.

  /** Says goodbye once what was accepted is answered. What came but wasn't taken is not accepted. */
  stop(reason: CloseReason): void {
    // Who ended their side may have said goodbye in what was still to be carried out.
    const isAnswer = reason === 'goodbye' && this.#leaving === 'finished';
    if (!this.#isOpen() && !isAnswer) return;
    this.#requests.close();
    this.show({ type: 'closing', reason });
    this.#leaving = reason;
    this.#endIfIdle();
  }

  /** Looks whether the client took too long for something. */
  sweep(now: number): void {
    const delay = this.#patience.exceeded(now, this.standing.at === 'door', this.outbox);
    this.#slowness.look(this.outbox, () => this.#owedEvents(), now);
    if (delay === 'too-slow') {
      this.#parts.counts.tooSlow += 1;
      this.#end(delay);
    } else if (delay !== undefined) {
      this.stop(delay);
    } else if (this.standing.at === 'in' && this.#patience.isToProbe(now)) {
      this.tell(this.#interpreter.probe?.frames ?? []);
    }
    this.#doChores(now);
  }

  /** How far it is behind, if it is. */
  slowness(now: number): SlowReader | undefined {
    const behindMs = this.#slowness.behindMs(now);
    const { member } = this.standing;
    if (behindMs === undefined || member === undefined) return undefined;
    return {
      ...{ session: member.session, nick: member.nick, wire: this.#connection.wire },
      queuedBytes: this.outbox.queuedBytes,
      owedEvents: this.#owedEvents(),
      ...{ behindMs, stalledMs: this.#patience.stalledMs(now) },
    };
  }

  #owedEvents(): number {
    return this.#parts.hub.owed(this, this.standing.member?.rooms ?? []);
  }

  #doChores(now: number): void {
    const { chores } = this.#interpreter;
    if (chores === undefined || this.standing.at !== 'in' || !this.#isOpen()) return;
    if (now - this.#choresAt < chores.everyMs) return;
    this.#choresAt = now;
    this.#requests.add(chores.requests());
  }

  /** Fell too far behind to be served from the log: it is given what it was owed, and told why that is all. */
  cut(): void {
    if (this.standing.at === 'over') return;
    const { clock, settings, counts } = this.#parts;
    counts.tooSlow += 1;
    this.show({ type: 'closing', reason: 'too-slow' });
    this.#giveUp = clock.after(settings.stallMs, () => this.#connection.destroy('too-slow'));
    this.outbox.whenDrained(() => {
      this.#giveUp?.();
      this.#connection.end('too-slow');
    });
    this.#leaveLine('too-slow');
  }

  // How it ends.

  #isOpen(): boolean {
    return this.standing.at !== 'over' && this.#leaving === undefined;
  }

  #endIfIdle(): void {
    if (this.#leaving === undefined || this.standing.at === 'over') return;
    if (this.#requests.isEmpty) this.#end(this.#leaving);
  }

  #end(how: Ending): void {
    this.#leaveLine(how);
    if (how === 'too-slow') this.#connection.destroy(how);
    else if (how === 'finished') this.#connection.end('goodbye');
    else if (how !== 'vanished') this.#connection.end(how);
  }

  #leaveLine(how: Ending): void {
    if (this.standing.at === 'in') this.#desk.sayGoodbye(this.id, this.#farewellOf(how));
    this.#over();
  }

  /** A kernel ends the connections of a program that was killed as the program itself would. */
  #farewellOf(how: Ending): Farewell {
    if (!this.resumable || how === 'goodbye') return 'close';
    return how === 'finished' ? 'finish' : 'detach';
  }

  #over(): void {
    this.#parts.monitors.remove(this);
    this.standing.leave();
    this.#requests.close();
    this.outbox.flush();
  }
}
