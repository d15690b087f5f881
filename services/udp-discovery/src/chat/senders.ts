import type { Bus } from '@partyline/bus';
import { type Guests, sessionOf } from '@partyline/gateway';
import {
  type Command,
  nickKey,
  type Outcome,
  type Problem,
  problem,
  type ReceiptOf,
} from '@partyline/protocol';

/** Somebody who sends datagrams: a session that ends by silence. */
type Sender = {
  readonly session: string;
  readonly rooms: Set<string>;
  heardAt: number;
};

/** What is said for a sender; its members were checked. */
export type Message = {
  readonly nick: string;
  readonly room: string;
  readonly text: string;
  readonly id: string;
};

export type SendersOptions = {
  readonly line: Pick<Bus, 'publish'>;
  readonly guests: Guests;
  readonly newId: () => string;
  readonly newTrace: () => string;
  /** Milliseconds of a clock that doesn't go back. */
  readonly now: () => number;
  /** How long a sender may be silent. */
  readonly silenceMs: number;
  /** Senders at once. */
  readonly max: number;
};

/** How senders of datagrams are told apart from other clients. */
export const WIRE = 'json+udp';

/**
 * Everybody who talks by datagram. A port is nobody: who sends from an address under a nick is the
 * same sender, whatever program it used.
 */
export class Senders {
  readonly #options: SendersOptions;
  readonly #senders = new Map<string, Sender>();

  constructor(options: SendersOptions) {
    this.#options = options;
  }

  /** Ids of the sessions, for the line's hello. */
  sessions(): readonly string[] {
    return [...this.#senders.values()].map((it) => it.session);
  }

  /** Says something; who is not online comes online, and into the room. */
  async say(address: string, message: Message): Promise<ReceiptOf<'published'> | Problem> {
    const { guests, now, max } = this.#options;
    const { nick, room } = message;
    const key = `${address} ${nickKey(nick)}`;
    const known = this.#senders.get(key);
    if (known === undefined && this.#senders.size >= max) return problem('line-full');
    const token = guests.tokenOf(address, nick);
    const sender: Sender = known ?? { session: sessionOf(token), rooms: new Set(), heardAt: 0 };
    this.#senders.set(key, sender);
    sender.heardAt = now();
    const before: Command[] = [];
    if (known === undefined)
      before.push({ type: 'open', nick, token, wire: WIRE, address, rooms: [room] });
    else if (!sender.rooms.has(room)) before.push({ type: 'join', room });
    sender.rooms.add(room);

    const outcomes = await this.#publish(sender, before, message);
    const said = outcomes.at(-1);
    if (said?.type === 'published') return said;
    const refused = outcomes.find((it) => it.type === 'refused');
    if (known === undefined || refused?.problem.code === 'session-unknown')
      this.#senders.delete(key);
    else sender.rooms.delete(room);
    // Whoever is not in the line any more comes in anew, once.
    if (known !== undefined && refused?.problem.code === 'session-unknown')
      return this.say(address, message);
    return refused?.problem ?? problem('unavailable');
  }

  /** Sessions that are over. */
  lost(sessions: readonly string[]): void {
    const over = new Set(sessions);
    for (const [key, { session }] of this.#senders)
      if (over.has(session)) this.#senders.delete(key);
  }

  /** A session is out of a room. */
  removed(session: string, room: string): void {
    for (const sender of this.#senders.values())
      if (sender.session === session) sender.rooms.delete(room);
  }

  /** Ends whoever was silent for too long. */
  sweep(): void {
    const { now, silenceMs } = this.#options;
    for (const [key, sender] of this.#senders) {
      if (now() - sender.heardAt <= silenceMs) continue;
      this.#senders.delete(key);
      this.#close(sender).catch(() => undefined);
    }
  }

  /** Says goodbye for everybody. */
  async stop(): Promise<void> {
    const closed = [...this.#senders.values()].map((it) => this.#close(it));
    this.#senders.clear();
    await Promise.allSettled(closed);
  }

  /** What must come before is queued with what is said, so that all are of one batch. */
  #publish(
    { session }: Sender,
    before: readonly Command[],
    { room, text, id }: Message,
  ): Promise<Outcome[]> {
    return Promise.all([
      ...before.map((command) => this.#send(session, command)),
      this.#send(session, { type: 'say', room, text }, id),
    ]);
  }

  #send(session: string, command: Command, id = this.#options.newId()): Promise<Outcome> {
    const { line, newTrace } = this.#options;
    return line.publish({ id, session, command, trace: newTrace() });
  }

  #close({ session }: Sender): Promise<Outcome> {
    return this.#send(session, { type: 'close' });
  }
}
