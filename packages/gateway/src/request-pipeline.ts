import { isProblem, type Problem, problem } from '@partyline/protocol';
import type { Answer } from './answer.ts';
import type { Connection } from './connection.ts';
import type { Interpreter } from './dialect.ts';
import type { GatewayParts } from './gateway.ts';
import { type Consumer, type Incoming, Intake } from './intake.ts';
import type { Outbox } from './outbox.ts';
import type { Request } from './request.ts';
import { RequestWindow } from './request-window.ts';
import type { Desk } from './requests/desk.ts';
import { requests } from './requests/index.ts';
import type { Standing } from './standing.ts';

/** Whose requests they are. */
export interface Requester {
  readonly outbox: Outbox;
  readonly standing: Standing;
  /** Nobody hears the answers any more: they needn't wait for room in the outbox. */
  readonly hasVanished: boolean;
  /** `asked` is what is answered, if anything. */
  show(answer: Answer, asked?: Request): void;
  tell(frames: readonly string[]): void;
  /** Something was read, by which the client may be shown everything otherwise. */
  reread(): void;
  /** Something was carried out; perhaps it was the last. */
  carriedOut(): void;
  /** The line knows the session no more. */
  expired(): void;
}

/** The way of one client's requests: frames come in, are read, carried out and answered in order. */
export class RequestPipeline implements Consumer {
  readonly #requester: Requester;
  readonly #desk: Desk;
  readonly #interpreter: Interpreter;
  readonly #parts: GatewayParts;
  readonly #intake: Intake;
  readonly #window = new RequestWindow();
  readonly #pump: () => void;
  /** Read, and not begun. */
  #waiting: Request[] = [];

  constructor(
    requester: Requester,
    desk: Desk,
    interpreter: Interpreter,
    connection: Connection,
    parts: GatewayParts,
  ) {
    this.#requester = requester;
    this.#desk = desk;
    this.#interpreter = interpreter;
    this.#parts = parts;
    this.#intake = new Intake(connection, this, parts.clock, parts.settings);
    this.#pump = () => this.pump();
  }

  /** Whether all that came is carried out. */
  get isEmpty(): boolean {
    return this.#intake.isEmpty && this.#waiting.length === 0 && this.#window.isEmpty;
  }

  push(incoming: Incoming): void {
    this.#intake.push(incoming);
  }

  /** Carries out what the client asks for without a frame. */
  ask(request: Request): void {
    this.#admit(request);
  }

  /** Has something carried out that the client didn't ask for, after what it did. */
  add(more: readonly Request[]): void {
    this.#waiting.push(...more);
    this.pump();
  }

  /** Takes what can be taken now. */
  pump(): void {
    while (this.#canGoOn()) {
      const request = this.#waiting.shift();
      if (request === undefined) break;
      this.#admit(request);
    }
    this.#intake.pump();
  }

  /** Forgets what was not taken, or not begun. */
  close(): void {
    this.#waiting = [];
    this.#intake.close();
  }

  isReady(): boolean {
    return this.#waiting.length === 0 && this.#canGoOn();
  }

  #canGoOn(): boolean {
    const { standing, hasVanished, outbox } = this.#requester;
    if (standing.at === 'over' || !this.#window.isOpen) return false;
    if (!hasVanished && outbox.overWater) {
      outbox.whenDrained(this.#pump);
      return false;
    }
    return !this.#parts.congestion.holds(this.#pump);
  }

  take(incoming: Incoming): void {
    this.#parts.counts.frames += 1;
    const { member } = this.#requester.standing;
    const read = typeof incoming === 'string' ? this.#interpreter.read(incoming, member) : incoming;
    this.#requester.reread();
    if (read === undefined) return;
    if (isProblem(read)) this.#refuse(read);
    else if ('type' in read) this.#admit(read);
    else {
      this.#waiting.push(...read);
      this.pump();
    }
  }

  #admit(request: Request): void {
    const { who } = requests[request.type];
    const isMember = this.#requester.standing.member !== undefined;
    if (who === 'member' && !isMember) this.#conclude(request, problem('login-needed'));
    else if (who === 'stranger' && isMember) this.#conclude(request, problem('login-done'));
    else this.#start(this.#window.enter(request));
  }

  #start(request: Request | undefined): void {
    if (request === undefined) return;
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
    const { member } = this.#requester.standing;
    if (entry.who !== 'member') return entry.handle(this.#desk, request as never, member);
    if (member === undefined) return Promise.resolve(problem('login-needed'));
    return entry.handle(this.#desk, request as never, member);
  }

  #finish(request: Request, answer: Answer | Problem | undefined): void {
    const next = this.#window.leave();
    this.#conclude(request, answer);
    // The line ended the session, and word of it was lost on the way.
    if (isProblem(answer) && answer.code === 'session-unknown') this.#requester.expired();
    this.#start(next);
    this.pump();
    this.#requester.carriedOut();
  }

  #conclude(request: Request, answer: Answer | Problem | undefined): void {
    if (isProblem(answer)) this.#refuse(answer, request);
    else if (answer !== undefined) this.#requester.show(answer, request);
    const sequel = this.#interpreter.done?.(request, this.#requester.standing.member);
    if (sequel === undefined) return;
    this.#requester.tell(sequel.frames);
    this.#waiting.unshift(...sequel.requests);
  }

  #refuse(it: Problem, request?: Request): void {
    const { refusals } = this.#parts.counts;
    refusals.set(it.code, (refusals.get(it.code) ?? 0) + 1);
    const id = request !== undefined && 'id' in request ? request.id : undefined;
    const refused = {
      type: 'refused',
      problem: it,
      ...(request !== undefined && { request: request.type }),
      ...(id !== undefined && { id }),
    } as const;
    this.#requester.show(refused, request);
  }
}
