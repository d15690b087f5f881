import { io, type Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import {
  brokenPromises,
  dialTcp,
  dialWs,
  type Entry,
  finish,
  readLog,
  startSystem,
  TalkingClient,
} from '../src/index.ts';

const MINUTES = 60_000;

/** An event that a Socket.IO client was told, by the number that it has in the log. */
type Told = { readonly seq: number; readonly id: string; readonly nick: string };

/** A page that talks as fast as it is acknowledged, and notes all that it hears. */
class Page {
  readonly nick: string;
  readonly socket: Socket;
  readonly told: Told[] = [];
  /** How often its connection broke. */
  breaks = 0;
  /** How often it went on where it was. */
  recoveries = 0;
  since = 0;
  readonly #acked = new Map<string, number>();
  #talking = false;

  constructor(port: number, nick: string, transports: string[]) {
    this.nick = nick;
    // A page that wants each message said once says what it was not acknowledged again, under its id.
    const again = { retries: 1_000, ackTimeout: 5_000 };
    const soon = { reconnectionDelay: 50, reconnectionDelayMax: 200 };
    this.socket = io(`http://127.0.0.1:${port}`, {
      ...{ forceNew: true, transports, auth: { nickname: nick } },
      ...again,
      ...soon,
    });
    this.socket.on('chat message', (_text, { seq, id, nickname }) =>
      this.told.push({ seq, id, nick: nickname }),
    );
    this.socket.on('disconnect', () => {
      this.breaks += 1;
    });
    this.socket.on('connect', () => {
      if (this.socket.recovered) this.recoveries += 1;
    });
  }

  async enter(): Promise<void> {
    const welcome = await new Promise<{ rooms: { since: number }[] }>((resolve) =>
      this.socket.once('welcome', resolve),
    );
    this.since = welcome.rooms[0]?.since ?? 0;
  }

  async talk(): Promise<void> {
    this.#talking = true;
    for (let n = 1; this.#talking; n += 1) {
      const id = `${this.nick}-${n}`;
      const { ok, seq } = await this.socket.emitWithAck('chat message', `message ${id}`, id);
      expect(ok).toBe(true);
      this.#acked.set(id, seq);
    }
  }

  hush(): void {
    this.#talking = false;
  }

  get lastAcked(): number {
    return Math.max(0, ...this.#acked.values());
  }

  /** What was acknowledged and is not there, and what of the others' it was not told once and in order. */
  broken(log: readonly Entry[]): readonly string[] {
    const missing = [...this.#acked].filter(([id, seq]) => log[seq - 1]?.id !== id);
    const owed = log.slice(this.since).filter(({ nick }) => nick !== this.nick);
    const wrong = owed.findIndex(({ seq }, index) => this.told[index]?.seq !== seq);
    return [
      ...missing.map(([id, seq]) => `${id} was acked as ${seq} and is not there`),
      ...(wrong === -1 && owed.length === this.told.length
        ? []
        : [`${this.nick} was told ${this.told[wrong]?.seq} for ${owed[wrong]?.seq}`]),
    ];
  }
}

test(
  'chat-core and the gateway are killed while Socket.IO pages talk with the other wires: nothing is lost, doubled or out of order',
  async () => {
    await using system = await startSystem();
    const pages = [['websocket'], ['polling'], ['polling', 'websocket']].flatMap(
      (transports, kind) =>
        Array.from(
          { length: 4 },
          (_, n) => new Page(system.ws.port, `page${kind}-${n}`, transports),
        ),
    );
    const programs = [
      new TalkingClient('tcp', dialTcp(system.tcp.jsonPort)),
      new TalkingClient('ws', dialWs(system.ws.port)),
    ];
    await Promise.all([...pages, ...programs].map((client) => client.enter()));
    for (const program of programs) program.talk();
    const talks = pages.map((page) => page.talk());

    /** Waits until everybody was acknowledged something said from now on. */
    const progress = async (): Promise<void> => {
      const log = await readLog(system, 'lobby');
      const last = log.length;
      await expect
        .poll(() => pages.every((page) => page.lastAcked > last), { timeout: 30_000 })
        .toBe(true);
    };
    for (let round = 0; round < 3; round += 1) {
      await progress();
      await system.core.kill();
      await system.core.start();
      await progress();
      await system.ws.process.kill();
      await system.ws.process.start();
    }
    await progress();
    for (const page of pages) page.hush();
    await Promise.all(talks);
    await finish(programs);

    const log = await readLog(system, 'lobby');
    for (const page of pages) {
      const last = log.findLast(({ nick }) => nick !== page.nick)?.seq;
      await expect.poll(() => page.told.at(-1)?.seq, { timeout: 30_000 }).toBe(last);
    }
    expect(brokenPromises(log, programs)).toEqual([]);
    expect(pages.flatMap((page) => page.broken(log))).toEqual([]);
    // chat-core's end is noticed by nobody, the gateway's by everybody; and everybody went on.
    expect(pages.map((page) => page.breaks)).toEqual(pages.map(() => 3));
    expect(pages.map((page) => page.recoveries)).toEqual(pages.map(() => 3));
    for (const client of programs) client.close();
    for (const { socket } of pages) socket.disconnect();
  },
  3 * MINUTES,
);
