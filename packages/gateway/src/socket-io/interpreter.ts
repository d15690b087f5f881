import { isProblem, type Locale, type Problem } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Chores, Interpreter, Personal, Renderer, Sequel, You } from '../dialect.ts';
import type { Request } from '../request.ts';
import {
  ackFrames,
  answerFrames,
  closingFrames,
  loginFrame,
  notLetInFrame,
  openedFrames,
  problemFrame,
} from './answers.ts';
import { entrance } from './entrance.ts';
import { readEvent } from './events.ts';
import { Exchange } from './exchange.ts';
import { connectErrorFrame, eventFrame, NAMESPACE, type Packet, readPacket } from './packet.ts';
import type { Plan } from './plan.ts';
import type { Renderers, Vocabulary } from './renderers.ts';
import { Typists } from './typists.ts';

type EventPacket = Extract<Packet, { type: 'event' }>;

/** A request that was made, what it is part of, and the packet that asked for it. */
type Made =
  | { readonly asked: EventPacket | 'connect'; readonly exchange: Exchange }
  | { readonly asked: 'aside'; readonly frames: readonly string[] };

/** What came of a packet. */
type Outcome = { readonly answer?: Answer | undefined; readonly problem?: Problem | undefined };

/** What a client of the demo emits, and no other. */
const demoEvents = new Set(['add user', 'new message']);

/** Who types is looked after so often. */
const CHORES_MS = 1_000;

/** What interpreters share, and can't make by themselves. */
export type Parts = {
  readonly locale: Locale;
  readonly renderers: Renderers;
  /** An id for something published, that nobody else uses. */
  readonly newId: () => string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
};

/** One client of Socket.IO: packets in, requests out; answers in, packets out. */
export class SocketIoInterpreter implements Interpreter {
  readonly resumable = true;
  readonly chores: Chores = { everyMs: CHORES_MS, requests: () => this.#stoppedTyping() };
  readonly personal: Personal;
  readonly #parts: Parts;
  readonly #typists = new Typists();
  readonly #made = new WeakMap<Request, Made>();
  #vocabulary: Vocabulary = 'tutorial';

  constructor(parts: Parts) {
    this.#parts = parts;
    this.personal = {
      own: (_event, frames) => frames,
      signal: (signal) => {
        if (signal.type === 'typing') this.#typists.heard(signal, this.#parts.now());
        return this.renderer.signal(signal);
      },
    };
  }

  get renderer(): Renderer {
    return this.#parts.renderers[this.#vocabulary];
  }

  read(frame: string, you: You | undefined): Request | Problem | undefined {
    const packet = readPacket(frame);
    if (isProblem(packet)) return packet;
    if (packet.namespace !== NAMESPACE) return this.#elsewhere(packet);
    switch (packet.type) {
      case 'connect':
        return this.#begin(entrance(packet.auth), 'connect');
      case 'disconnect':
        return { type: 'quit' };
      case 'event':
        return this.#readEvent(packet, you);
    }
  }

  show(answer: Answer, you: You | undefined, asked?: Request): readonly string[] {
    const { locale } = this.#parts;
    if (answer.type === 'opened') return openedFrames(answer, asked, locale);
    if (answer.type === 'closing') return closingFrames(answer, you !== undefined, locale);
    const made = asked === undefined ? undefined : this.#made.get(asked);
    if (made === undefined) return answerFrames(answer, locale);
    if (made.asked === 'aside') return made.frames;
    const { exchange } = made;
    if (answer.type === 'refused') exchange.problem = answer.problem;
    else exchange.answer = answer;
    return [];
  }

  done(asked: Request, you: You | undefined): Sequel {
    const made = this.#made.get(asked);
    if (made === undefined || made.asked === 'aside') return { frames: [], requests: [] };
    const next = made.exchange.next();
    if (next !== undefined) return { frames: [], requests: [this.#make(next, made)] };
    if (made.asked === 'connect') return this.#cameIn(made.exchange);
    return { frames: this.#carriedOut(made.asked, made.exchange, you), requests: [] };
  }

  /** No other namespace is spoken in; who asks for one is told so there. */
  #elsewhere({ type, namespace }: Packet): Request | undefined {
    if (type !== 'connect') return undefined;
    return this.#aside([connectErrorFrame('Invalid namespace', undefined, namespace)]);
  }

  #readEvent(packet: EventPacket, you: You | undefined): Request | undefined {
    if (demoEvents.has(packet.name)) this.#vocabulary = 'demo';
    const plan = readEvent(packet.name, packet.args, you);
    if (!isProblem(plan)) return this.#begin(this.#withId(plan, packet), packet);
    return this.#aside(this.#told(packet, { problem: plan }));
  }

  /** Who waits for an acknowledgement is told the id of what it said. */
  #withId(plan: Plan, { ack }: EventPacket): Plan {
    if (ack === undefined) return plan;
    return {
      ...plan,
      tries: plan.tries.map((it) =>
        it.type === 'say' || it.type === 'private' ? { id: this.#parts.newId(), ...it } : it,
      ),
    };
  }

  #begin(plan: Plan, asked: EventPacket | 'connect'): Request | undefined {
    const exchange = new Exchange(plan);
    const first = exchange.next();
    return first === undefined ? undefined : this.#make(first, { asked, exchange });
  }

  /** Shows frames once what was asked before is answered. */
  #aside(frames: readonly string[]): Request {
    return this.#make({ type: 'aside' }, { asked: 'aside', frames });
  }

  #make(asked: Request, made: Made): Request {
    // Each its own object: it is by it that an answer finds back.
    const request = { ...asked };
    this.#made.set(request, made);
    return request;
  }

  #cameIn({ problem }: Exchange): Sequel {
    if (problem === undefined) return { frames: [], requests: [] };
    // A client that is refused stays away; one whose connection ends comes back by itself.
    if (problem.code === 'unavailable') return { frames: [], requests: [{ type: 'quit' }] };
    return { frames: [notLetInFrame(problem, this.#parts.locale)], requests: [] };
  }

  #carriedOut(packet: EventPacket, exchange: Exchange, you: You | undefined): readonly string[] {
    const told = this.#told(packet, exchange);
    return packet.name === 'add user' ? [loginFrame(exchange.answer, you), ...told] : told;
  }

  /** What a client is told that came of its packet: its acknowledgement, or events. */
  #told({ name, ack }: EventPacket, outcome: Outcome): readonly string[] {
    const { locale } = this.#parts;
    const { answer, problem } = outcome;
    if (ack !== undefined) return ackFrames(ack, outcome, locale);
    if (problem !== undefined) return [problemFrame(problem, locale, name)];
    const isTold = answer !== undefined && answer.type !== 'published' && name !== 'add user';
    return isTold ? answerFrames(answer, locale) : [];
  }

  #stoppedTyping(): readonly Request[] {
    return this.#typists
      .takeOver(this.#parts.now())
      .map(({ nick, room }) =>
        this.#aside([eventFrame('stop typing', { username: nick, nickname: nick, room })]),
      );
  }
}
