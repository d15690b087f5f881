import type { Socket } from 'node:net';
import { type CloseReason, type Gateway, Pace } from '@partyline/gateway';
import {
  Admission,
  type AdmissionRules,
  type Arrival,
  arrivalOf,
  cut,
  type Log,
  type Place,
  type Stage,
  seldom,
} from '@partyline/service';
import type { StreamDialect } from './dialects/stream-dialect.ts';
import { StreamConnection, type StreamParts } from './transports/stream.ts';

/** How long a stop waits for clients to end their side. */
const STOP_MS = 500;

/** Counts for whoever runs the gateway; metrics are such. */
export type ClientCounts = {
  /** Clients connected now. */
  readonly open: { inc(): void; dec(): void };
  /** A client was not served, and why. */
  turnedAway(reason: string): void;
};

/** One listener, as far as its clients notice it. */
export type Entrance = StreamDialect & {
  /** `DIALECT+TRANSPORT`. */
  readonly wire: string;
  readonly counts: ClientCounts;
  /** Finds out who it is that comes. */
  readonly identify: Stage;
  /** Secures the connection, where it is to be; `explain` tells who doesn't know that. */
  secure(explain: (arrival: Arrival) => void): Stage;
};

const placeOf = Symbol('place');
type PlacedSocket = Socket & { [placeOf]: { place: Place; admission: Admission } };

function leave(this: Socket): void {
  const { place, admission } = (this as PlacedSocket)[placeOf];
  admission.leave(place);
}

/** Everybody who is connected, by whatever listener. Disposed, it waits a moment until all are out. */
export class Clients implements AsyncDisposable {
  readonly #admission: Admission;
  readonly #log: Log;
  readonly #pace = new Pace(Date.now);
  readonly #connections = new Set<StreamConnection>();
  /** Whoever came before there was a gateway to bring them to. */
  #early: (() => void)[] = [];
  #gateway: Gateway | undefined;
  #whenEmpty: (() => void) | undefined;

  constructor(rules: AdmissionRules, log: Log) {
    this.#admission = new Admission(rules);
    this.#log = log;
  }

  /** Brings clients to the gateway from now on, and those who came early. */
  open(gateway: Gateway): void {
    this.#gateway = gateway;
    const early = this.#early;
    this.#early = [];
    for (const take of early) take();
  }

  /** What takes in the sockets of one listener: who is it, is there a place, securely, then to the gateway. */
  entrance({
    wire,
    dialect,
    framer,
    counts,
    identify,
    secure,
  }: Entrance): (socket: Socket) => void {
    const tell = seldom();
    const turnedAway: StreamParts = {
      wire,
      pace: this.#pace,
      spokeTls: ({ address }) =>
        tell((others) =>
          this.#log.info({ wire, address, others }, 'TLS came where plain text is spoken'),
        ),
      closed: (connection) => this.#forget(connection),
    };
    const served: StreamParts = {
      ...turnedAway,
      closed: (connection) => {
        counts.open.dec();
        this.#forget(connection);
      },
    };

    const serve = (arrival: Arrival, gateway: Gateway): void => {
      const connection = new StreamConnection(arrival, framer(), served);
      counts.open.inc();
      this.#connections.add(connection);
      connection.deliverTo(gateway.accept(connection, dialect));
    };
    const turnAway = (arrival: Arrival, reason: CloseReason): void => {
      counts.turnedAway(reason);
      const connection = new StreamConnection(arrival, framer(), turnedAway);
      this.#connections.add(connection);
      const { renderer, show } = dialect.interpreter(connection);
      connection.write(renderer.encode(show({ type: 'closing', reason }, undefined)));
      connection.end();
    };
    const take = (arrival: Arrival, { verdict }: Place): void => {
      if (verdict === 'full' || verdict === 'crowded') turnAway(arrival, verdict);
      else if (this.#gateway !== undefined) serve(arrival, this.#gateway);
      else this.#keep(arrival, (gateway) => serve(arrival, gateway));
    };
    const secured = secure((arrival) => turnAway(arrival, 'tls-needed'));

    const admit = (arrival: Arrival): void => {
      const { socket, address } = arrival;
      const place = this.#admission.enter(address);
      if (place.verdict === 'dropped') {
        counts.turnedAway(place.verdict);
        cut(socket);
        return;
      }
      (socket as PlacedSocket)[placeOf] = { place, admission: this.#admission };
      socket.on('close', leave);
      secured(arrival, (it) => take(it, place));
    };
    return (socket) => identify(arrivalOf(socket), admit);
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

  #keep({ socket }: Arrival, serve: (gateway: Gateway) => void): void {
    // Until somebody serves it, one that breaks is only destroyed.
    socket.on('error', () => {});
    this.#early.push(() => {
      if (!socket.destroyed && this.#gateway !== undefined) serve(this.#gateway);
    });
  }

  #forget(connection: StreamConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#whenEmpty?.();
  }
}
