import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Gateway } from '@partyline/gateway';
import { socketIoDialect } from '@partyline/gateway/socket-io';
import { type Locale, limits, type Problem, problem } from '@partyline/protocol';
import { Admission, type AdmissionRules } from '@partyline/service';
import { Server, type Socket } from 'engine.io';
import type { Caller } from '../arrivals.ts';
import { refuseRequest, refuseUpgrade } from '../refusal.ts';
import type { Mount } from '../routing.ts';
import { Heartbeat } from '../transports/heartbeat.ts';
import { ClientFiles } from './client-files.ts';
import { SocketIoConnection } from './connection.ts';
import { idOf } from './engine-socket.ts';
import { PayloadFrames, payloadOf } from './payload.ts';
import { WebSockets } from './web-sockets.ts';

/** The path that Socket.IO clients ask for when they are told no other. */
export const SOCKET_IO_PATH = '/socket.io/';

/** How long a client may take to answer the close frame when the server stops. */
const STOP_MS = 1_000;

export type SocketIoOptions = AdmissionRules & {
  readonly locale: Locale;
  /** How often clients are asked for a sign of life; one that gives none for as long again is gone. */
  readonly pingMs: number;
};

/** Socket.IO clients of a gateway: by WebSocket, by polling, from the one to the other. */
export class SocketIo implements Mount, AsyncDisposable {
  readonly #gateway: Pick<Gateway, 'accept'>;
  readonly #engine: Server;
  readonly #webSockets = new WebSockets();
  readonly #files = new ClientFiles();
  readonly #frames = new PayloadFrames();
  readonly #heartbeat: Heartbeat;
  readonly #dialect;
  /** Of sessions: one by polling has a connection only now and then. */
  readonly #places: Admission;
  /** Whose handshake a request is. */
  readonly #callers = new WeakMap<IncomingMessage, Caller>();
  /** Clients by the engine's id of their session, which is theirs alone. */
  readonly #connections = new Map<string, SocketIoConnection>();

  constructor(gateway: Pick<Gateway, 'accept'>, options: SocketIoOptions) {
    const { locale, pingMs } = options;
    this.#gateway = gateway;
    this.#places = new Admission(options);
    this.#heartbeat = new Heartbeat(pingMs);
    this.#dialect = socketIoDialect({
      ...{ locale, frame: payloadOf, random: randomBytes, now: Date.now },
    });
    this.#engine = new Server({
      ...{ pingInterval: pingMs, pingTimeout: 2 * pingMs },
      maxHttpBufferSize: limits.frameBytes,
      // Which origins may connect is decided before.
      cors: { origin: true, credentials: true },
      ...{ perMessageDeflate: false, httpCompression: false },
      wsEngine: this.#webSockets.engine,
    });
    this.#engine.on('connection', (socket: Socket) => this.#take(socket));
  }

  request(request: IncomingMessage, response: ServerResponse, caller: Caller): void {
    const { path, sid } = targetOf(request);
    if (this.#files.has(path)) {
      this.#files.serve(path, request, response).catch(() => response.destroy());
      return;
    }
    const reason = this.#refusal(path, sid, caller);
    if (reason !== undefined) {
      refuseRequest(response, reason);
      return;
    }
    this.#callers.set(request, caller);
    this.#whenRead(request, sid, () => this.#engine.handleRequest(request, response));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void {
    const { path, sid } = targetOf(request);
    const reason = this.#refusal(path, sid, caller);
    if (reason !== undefined) {
      refuseUpgrade(socket, reason);
      return;
    }
    this.#callers.set(request, caller);
    this.#engine.handleUpgrade(request, socket, head);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#heartbeat[Symbol.dispose]();
    for (const connection of this.#connections.values()) connection.destroy();
    await this.#webSockets.settled(STOP_MS);
  }

  /** Why a request gets nothing: there is nothing at its path, or no place for a session more. */
  #refusal(path: string, sid: string | null, { address }: Caller): Problem | undefined {
    if (path !== '') return problem('path-unknown', { path: SOCKET_IO_PATH + path });
    if (sid !== null) return undefined;
    const place = this.#places.enter(address);
    this.#places.leave(place);
    if (place.verdict === 'served') return undefined;
    return problem(place.verdict === 'full' ? 'line-full' : 'address-crowded');
  }

  #take(socket: Socket): void {
    const caller = this.#callers.get(socket.request) ?? { isSecure: false };
    const connection = new SocketIoConnection(socket, this.#frames, caller);
    const id = idOf(socket);
    const place = this.#places.enter(caller.address);
    const stopBeating = this.#heartbeat.add(connection);
    this.#connections.set(id, connection);
    socket.on('close', () => {
      stopBeating();
      this.#places.leave(place);
      this.#connections.delete(id);
    });
    connection.deliverTo(this.#gateway.accept(connection, this.#dialect));
  }

  /** Leaves what a client posts unread while it is held back. */
  #whenRead(request: IncomingMessage, sid: string | null, read: () => void): void {
    const isPost = request.method === 'POST' && sid !== null;
    const held = isPost ? this.#connections.get(sid)?.held : undefined;
    if (held === undefined) read();
    else
      void held.then(() => {
        if (!request.destroyed) read();
      });
  }
}

/** What a request beneath the path is for. */
const targetOf = ({ url = '' }: IncomingMessage): { path: string; sid: string | null } => {
  const [path = '', query] = url.split('?', 2);
  return { path: path.slice(SOCKET_IO_PATH.length), sid: new URLSearchParams(query).get('sid') };
};
