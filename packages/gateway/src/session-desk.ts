import {
  type Command,
  isProblem,
  type Outcome,
  type Problem,
  type Receipt,
  type ReceiptOf,
  type RoomState,
} from '@partyline/protocol';
import type { Answer } from './answer.ts';
import type { Connection } from './connection.ts';
import type { GatewayParts } from './gateway.ts';
import type { Claim, Identity, Line } from './line.ts';
import type { Monitor } from './monitors.ts';
import type { Request } from './request.ts';
import type { Desk, Entrance } from './requests/desk.ts';
import { reasonOf } from './requests/reason.ts';
import type { Standing } from './standing.ts';
import { newGuestNick, newToken, sessionOf } from './token.ts';

/**
 * How a session is over: others see it leave at once, for good (`close`) or until it comes back
 * (`finish`); or only when it hasn't come back in time (`detach`).
 */
export type Farewell = 'close' | 'finish' | 'detach';

/** Whose desk it is. */
export interface DeskOwner extends Monitor {
  readonly standing: Standing;
  /** Whether a client like it can come back by resume. */
  readonly resumable: boolean;
  show(answer: Answer, asked?: Request): void;
  stop(reason: 'goodbye'): void;
}

/** What the requests of one client can do: everything that is asked of the line for it passes here. */
export class SessionDesk implements Desk {
  readonly line: Line;
  readonly #owner: DeskOwner;
  readonly #connection: Connection;
  readonly #parts: GatewayParts;
  /** The client's own word on why it goes. */
  #farewell: { readonly reason?: string } = {};

  constructor(owner: DeskOwner, connection: Connection, parts: GatewayParts) {
    this.line = parts.line;
    this.#owner = owner;
    this.#connection = connection;
    this.#parts = parts;
  }

  show(answer: Answer, asked?: Request): void {
    this.#owner.show(answer, asked);
  }

  async publish<T extends Receipt['type']>(
    expected: T,
    command: Command,
    id = this.#parts.newId(),
  ): Promise<ReceiptOf<T> | Problem> {
    const session = this.#owner.standing.member?.session ?? '';
    const { deliveries } = this.#parts;
    if (expected === 'published') deliveries?.sent(session, id);
    const outcome = await this.#publish(session, command, id);
    if (outcome.type === 'refused') deliveries?.refused(session, id);
    return settled(expected, outcome);
  }

  newToken(): string {
    return newToken(this.#parts.random);
  }

  newGuestNick(): string {
    return newGuestNick(this.#parts.random);
  }

  open(token: string, as: Entrance | 'resumed'): Promise<ReceiptOf<'opened'> | Problem> {
    return this.#arrive(token, async (session, connection) => {
      const command: Command =
        as === 'resumed'
          ? { type: 'resume', token, ...connection }
          : { type: 'open', token, ...enteringAs(as), ...connection };
      return settled('opened', await this.#publish(session, command, this.#parts.newId()));
    });
  }

  get certificate(): string | undefined {
    return this.#connection.certificate;
  }

  logIn(token: string, as: Entrance, who: Claim): Promise<ReceiptOf<'opened'> | Problem> {
    return this.#arrive(token, async (session, connection) => {
      const receipt = await this.line.login({
        ...{ token, ...who },
        ...(as.rooms !== undefined && { rooms: [...as.rooms] }),
        ...connection,
      });
      // Not heard whether the line opened it: if so, it is nobody's.
      if (isProblem(receipt) && receipt.code === 'unavailable') this.sayGoodbye(session, 'close');
      return receipt;
    });
  }

  enter(receipt: ReceiptOf<'opened'>, cursorOf: (room: RoomState) => number): void {
    this.#owner.standing.enter(receipt, cursorOf);
  }

  join({ room, since }: RoomState): void {
    this.#owner.standing.join(room, since);
  }

  part(room: string): void {
    this.#owner.standing.part(room);
  }

  prove(who: Claim): Promise<Identity | Problem> {
    const { address } = this.#connection;
    return this.line.prove({ ...who, ...(address !== undefined && { address }) });
  }

  monitor(nicks: readonly string[]): Promise<void> {
    return this.#parts.monitors.add(this.#owner, nicks);
  }

  unmonitor(nicks?: readonly string[]): void {
    this.#parts.monitors.remove(this.#owner, nicks);
  }

  quit(reason?: string): void {
    this.#farewell = reason === undefined ? {} : { reason: reasonOf(reason) };
    this.#owner.stop('goodbye');
  }

  /** Tells the line that a session is over. */
  sayGoodbye(session: string, how: Farewell): void {
    const command: Command =
      how === 'detach'
        ? { type: 'detach' }
        : { type: 'close', ...this.#farewell, ...(how === 'finish' && { resumable: true }) };
    this.#parts.farewell(this.#publish(session, command, this.#parts.newId()));
  }

  /** Asks the line that this connection be the session of a token. */
  async #arrive(
    token: string,
    ask: (
      session: string,
      connection: Pick<Connection, 'wire' | 'address'>,
    ) => Promise<ReceiptOf<'opened'> | Problem>,
  ): Promise<ReceiptOf<'opened'> | Problem> {
    const { standing } = this.#owner;
    const session = sessionOf(token);
    const { wire, address } = this.#connection;
    standing.open(session);
    const receipt = await ask(session, { wire, ...(address !== undefined && { address }) });
    if (standing.at === 'over') {
      // The client went while the line was asked.
      if (!isProblem(receipt)) this.sayGoodbye(session, this.#owner.resumable ? 'detach' : 'close');
    } else if (isProblem(receipt)) {
      standing.turnAway();
    }
    return receipt;
  }

  #publish(session: string, command: Command, id: string): Promise<Outcome> {
    const trace = this.#parts.newTrace();
    this.#parts.counts.publishes += 1;
    this.#parts.log.debug({ trace_id: trace.slice(3, 35), session, type: command.type }, 'publish');
    return this.line.publish({ id, session, command, trace });
  }
}

const enteringAs = ({ nick, rooms }: Entrance) => ({
  nick,
  ...(rooms !== undefined && { rooms: [...rooms] }),
});

/** The receipt that was expected, or why there is none. */
const settled = <T extends Receipt['type']>(
  expected: T,
  outcome: Outcome,
): ReceiptOf<T> | Problem => {
  if (outcome.type === 'refused') return outcome.problem;
  if (outcome.type === expected) return outcome as ReceiptOf<T>;
  throw new Error(`expected the receipt ${expected}, got ${outcome.type}`);
};
