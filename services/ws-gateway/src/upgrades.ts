import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { limits, type Problem, problem, problemDocument, problems } from '@partyline/protocol';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { type AdmissionRules, refusal, SUBPROTOCOL } from './admission.ts';

/** Seconds after which somebody who found the line full or away may try again. */
const RETRY_AFTER_SECONDS = 5;

/** How long the closing handshake may take, what is still queued included. */
const CLOSE_TIMEOUT_MS = 10_000;

/** Pieces that a client may send one message in. */
const MAX_FRAGMENTS = 1_024;

/** `closeTimeout` is missing from the type declarations of `ws`. */
const webSocketOptions: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload: limits.frameBytes,
  maxFragments: MAX_FRAGMENTS,
  perMessageDeflate: false,
  closeTimeout: CLOSE_TIMEOUT_MS,
  handleProtocols: () => SUBPROTOCOL,
};

const answer = (socket: Duplex, it: Problem): void => {
  const { status } = problems[it.code];
  const body = JSON.stringify(problemDocument(it));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (status === 503) head.push(`Retry-After: ${RETRY_AFTER_SECONDS}`);
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

/** Takes a WebSocket that was let in. */
export type Host = (webSocket: WebSocket, socket: Socket) => void;

/** Turns the upgrade requests of an HTTP server into WebSockets, or refuses them (RFC 6455 §4.2). */
export class Upgrades {
  readonly #rules: AdmissionRules;
  readonly #onRefused: (it: Problem) => void;
  readonly #webSockets = new WebSocketServer(webSocketOptions);
  #host: Host | undefined;

  constructor(server: Server, rules: AdmissionRules, onRefused: (it: Problem) => void) {
    this.#rules = rules;
    this.#onRefused = onRefused;
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Lets clients in from now on. */
  open(host: Host): void {
    this.#host = host;
  }

  /** Lets nobody in any more. */
  close(): void {
    this.#host = undefined;
  }

  /** Resolves when every connection is over; those that last longer than `graceMs` are cut. */
  async settled(graceMs: number): Promise<void> {
    const { clients } = this.#webSockets;
    const cut = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, graceMs);
    await new Promise<unknown>((resolve) => this.#webSockets.close(resolve));
    clearTimeout(cut);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const host = this.#host;
    const knock = {
      url: request.url ?? '/',
      host: request.headers.host,
      origin: request.headers.origin,
      subprotocols: request.headers['sec-websocket-protocol'],
    };
    if (host === undefined) {
      this.#refuse(socket, problem('unavailable'));
      return;
    }
    const reason = refusal(knock, this.#rules, this.#webSockets.clients.size);
    if (reason !== undefined) {
      this.#refuse(socket, reason);
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      // What goes wrong with a connection ends it, and its end is heard of by `close`.
      webSocket.on('error', () => undefined);
      host(webSocket, request.socket);
    });
  }

  #refuse(socket: Duplex, reason: Problem): void {
    this.#onRefused(reason);
    answer(socket, reason);
  }
}
