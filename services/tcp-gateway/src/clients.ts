import type { Socket } from 'node:net';
import { type Gateway, Pace } from '@partyline/gateway';
import type { StreamDialect } from './dialects/stream-dialect.ts';
import { StreamConnection, type StreamParts } from './transports/stream.ts';

/** Clients who are being told that the line is full; more of them are dropped without a word. */
const TURNED_AWAY_AT_ONCE = 100;
/** How long a stop waits for clients to end their side. */
const STOP_MS = 500;

/** Counts for whoever runs the gateway; metrics are such. */
export type ClientCounts = {
  /** Clients connected now. */
  readonly open: { inc(): void; dec(): void };
  /** Clients turned away, since the line was full. */
  readonly turnedAway: { inc(): void };
};

/** Everybody who is connected, by whatever listener. Disposed, it waits a moment until all are out. */
export class Clients implements AsyncDisposable {
  readonly #maxConnections: number;
  readonly #pace = new Pace(Date.now);
  readonly #connections = new Set<StreamConnection>();
  /** Whoever came before there was a gateway to bring them to. */
  #early: (() => void)[] = [];
  #gateway: Gateway | undefined;
  #served = 0;
  #whenEmpty: (() => void) | undefined;

  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections;
  }

  /** Brings clients to the gateway from now on, and those who came early. */
  open(gateway: Gateway): void {
    this.#gateway = gateway;
    const early = this.#early;
    this.#early = [];
    for (const take of early) take();
  }

  /** What takes in the clients of one listener; `wire` is `DIALECT+TRANSPORT`. */
  entrance(
    wire: string,
    { dialect, framer }: StreamDialect,
    counts: ClientCounts,
  ): (socket: Socket) => void {
    const served: StreamParts = {
      wire,
      pace: this.#pace,
      closed: (connection) => {
        counts.open.dec();
        this.#served -= 1;
        this.#forget(connection);
      },
    };
    const turnedAway: StreamParts = {
      ...served,
      closed: (connection) => this.#forget(connection),
    };

    const serve = (socket: Socket, gateway: Gateway): void => {
      const connection = new StreamConnection(socket, framer(), served);
      counts.open.inc();
      this.#served += 1;
      this.#connections.add(connection);
      connection.deliverTo(gateway.accept(connection, dialect));
    };
    const turnAway = (socket: Socket): void => {
      counts.turnedAway.inc();
      const connection = new StreamConnection(socket, framer(), turnedAway);
      this.#connections.add(connection);
      if (this.#connections.size - this.#served > TURNED_AWAY_AT_ONCE) {
        connection.destroy();
        return;
      }
      const { renderer, show } = dialect.interpreter();
      connection.write(renderer.encode(show({ type: 'closing', reason: 'full' }, undefined)));
      connection.end();
    };

    const keep = (socket: Socket): void => {
      // Until somebody serves it, one that breaks is only destroyed.
      socket.on('error', () => {});
      this.#early.push(() => socket.destroyed || take(socket));
    };
    const take = (socket: Socket): void => {
      if (this.#gateway === undefined) keep(socket);
      else if (this.#served < this.#maxConnections) serve(socket, this.#gateway);
      else turnAway(socket);
    };
    return take;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#connections.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#whenEmpty = resolve;
    const giveUp = setTimeout(() => {
      for (const connection of this.#connections) connection.drop();
    }, STOP_MS);
    await promise;
    clearTimeout(giveUp);
  }

  #forget(connection: StreamConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#whenEmpty?.();
  }
}
