import type { Dial, Wire } from './wire.ts';

/** An event of the lobby as a client saw it. */
export type Seen = { readonly seq: number; readonly id: string; readonly message: string };

/** How many publishes of one client are under way at once. */
const WINDOW = 4;
const RECONNECT_MS = 100;

/**
 * A JSON client that talks in the lobby as fast as it is acknowledged, and notes all that it
 * sees. When its connection breaks it resumes, and sends what was not acknowledged again under
 * the same ids, as the wire asks of it.
 */
export class TalkingClient {
  readonly nick: string;
  /** Every event of the lobby, in the order in which it came. */
  readonly seen: Seen[] = [];
  /** Number under which each of its own ids was acknowledged. */
  readonly acked = new Map<string, number>();
  /** The highest of them. */
  lastAcked = 0;
  readonly gaps: Record<string, unknown>[] = [];
  /** How often its connection broke. */
  breaks = 0;
  /** The last event it was not owed, from the login answer. */
  since = 0;
  readonly #dial: Dial;
  readonly #unacked = new Map<string, string>();
  readonly #waiting: { readonly holds: () => boolean; readonly resolve: () => void }[] = [];
  #wire: Wire | undefined;
  #token: string | undefined;
  #epoch: unknown;
  #talking = false;
  #isIn = false;
  #closed = false;
  #sent = 0;

  constructor(nick: string, dial: Dial) {
    this.nick = nick;
    this.#dial = dial;
  }

  /** Whether everything that it sent was acknowledged. */
  get isSettled(): boolean {
    return this.#unacked.size === 0;
  }

  /** Connects and logs in. */
  async enter(): Promise<void> {
    this.#connect();
    await this.until(() => this.#isIn);
  }

  talk(): void {
    this.#talking = true;
    this.#sendMore();
  }

  hush(): void {
    this.#talking = false;
  }

  pause(): void {
    this.#wire?.pause();
  }

  resume(): void {
    this.#wire?.resume();
  }

  close(): void {
    this.#closed = true;
    this.#wire?.drop();
  }

  /** Resolved when a condition holds; looked at whenever something comes. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ holds, resolve }));
  }

  #connect(): void {
    this.#wire = this.#dial({
      open: () => this.#wire?.send(this.#hello()),
      message: (message) => {
        this.#take(message);
        this.#look();
      },
      closed: () => {
        this.#isIn = false;
        if (this.#closed) return;
        this.breaks += 1;
        setTimeout(() => this.#closed || this.#connect(), RECONNECT_MS);
      },
    });
  }

  #hello(): object {
    if (this.#token === undefined) return { type: 'login', nickname: this.nick };
    const cursor = this.seen.at(-1)?.seq ?? this.since;
    return {
      ...{ type: 'resume', token: this.#token, epoch: this.#epoch },
      cursors: { lobby: cursor },
    };
  }

  #take(message: Record<string, unknown>): void {
    if (message.type === 'login') this.#enterAs(message);
    else if (message.type === 'gap') this.gaps.push(message);
    else if (message.type === 'broadcast' && message.room === 'lobby') {
      const { seq, id, message: text } = message;
      this.seen.push({ seq: Number(seq), id: String(id), message: String(text) });
    } else if (message.type === 'ack') {
      this.acked.set(String(message.id), Number(message.seq));
      this.lastAcked = Math.max(this.lastAcked, Number(message.seq));
      this.#unacked.delete(String(message.id));
      this.#sendMore();
    } else if (message.type === 'error') {
      throw new Error(`${this.nick} was told: ${JSON.stringify(message)}`);
    }
  }

  #enterAs(answer: Record<string, unknown>): void {
    if (answer.success !== true) throw new Error(`${this.nick}: ${JSON.stringify(answer)}`);
    const rooms = answer.rooms as { room: string; since: number }[];
    if (this.#token === undefined)
      this.since = rooms.find((room) => room.room === 'lobby')?.since ?? 0;
    this.#token = String(answer.resume);
    this.#epoch = answer.epoch;
    this.#isIn = true;
    for (const [id, text] of this.#unacked) this.#say(id, text);
    this.#sendMore();
  }

  #sendMore(): void {
    while (this.#talking && this.#isIn && this.#unacked.size < WINDOW) {
      const id = `${this.nick}-${++this.#sent}`;
      const text = `message ${this.#sent} of ${this.nick}`;
      this.#unacked.set(id, text);
      this.#say(id, text);
    }
  }

  #say(id: string, message: string): void {
    this.#wire?.send({ type: 'broadcast', message, id });
  }

  #look(): void {
    for (const it of [...this.#waiting]) {
      if (!it.holds()) continue;
      this.#waiting.splice(this.#waiting.indexOf(it), 1);
      it.resolve();
    }
  }
}

/** Lets everybody finish: nobody talks any more, all is acknowledged, and all saw the last of it. */
export const finish = async (clients: readonly TalkingClient[]): Promise<void> => {
  for (const client of clients) client.hush();
  await Promise.all(clients.map((client) => client.until(() => client.isSettled)));
  const last = Math.max(...clients.map((client) => client.lastAcked));
  await Promise.all(
    clients.map((client) => client.until(() => (client.seen.at(-1)?.seq ?? 0) >= last)),
  );
};
