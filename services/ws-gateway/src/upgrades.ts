import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { limits, type Problem, problem } from '@partyline/protocol';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Arrivals } from './arrivals.ts';
import { canInflate, type DeflateRules, deflateOptions } from './deflate.ts';
import { type KnockRules, refusal } from './knock.ts';
import { refuseUpgrade } from './refusal.ts';
import { agreed, type Hosts, routeOf, type Subprotocol } from './routing.ts';
import { settled } from './settled.ts';

/** How long the closing handshake may take, what is still queued included. */
const CLOSE_TIMEOUT_MS = 10_000;

/** Pieces that a client may send one message in. */
const MAX_FRAGMENTS = 1_024;

/** Of every WebSocket here. `closeTimeout` is missing from the type declarations of `ws`. */
export const webSocketOptions: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload: limits.frameBytes,
  maxFragments: MAX_FRAGMENTS,
  closeTimeout: CLOSE_TIMEOUT_MS,
  handleProtocols: (offered) => agreed(offered) ?? false,
};

export type UpgradesOptions = Pick<DeflateRules, 'maxDeflated'> & {
  readonly rules: KnockRules;
  readonly arrivals: Arrivals;
  /** Who takes what is let in; undefined while nobody does. */
  readonly hosts: () => Hosts | undefined;
  /** Somebody was not let in. */
  readonly onRefused: (it: Problem) => void;
};

/** Turns upgrade requests into WebSockets, hands them on, or refuses them (RFC 6455 §4.2). */
export class Upgrades {
  readonly #options: UpgradesOptions;
  readonly #webSockets = new WebSocketServer({ ...webSocketOptions, perMessageDeflate: false });
  /** Those that use permessage-deflate. */
  readonly #deflated = new WebSocketServer({
    ...webSocketOptions,
    perMessageDeflate: deflateOptions,
  });
  /** Sockets that were handed on. */
  readonly #handedOn = new Set<Duplex>();

  constructor(options: UpgradesOptions) {
    this.#options = options;
  }

  /** Resolves when every WebSocket is over; those that last longer than `graceMs` are cut. */
  async settled(graceMs: number): Promise<void> {
    await settled([this.#webSockets, this.#deflated], graceMs);
  }

  get #open(): number {
    return this.#webSockets.clients.size + this.#deflated.clients.size + this.#handedOn.size;
  }

  /** Lines of IRC are too short to gain by it. */
  #mayDeflate({ headers }: IncomingMessage, subprotocol: Subprotocol): boolean {
    if (subprotocol !== 'partyline.v1') return false;
    const isFull = this.#deflated.clients.size >= this.#options.maxDeflated;
    return !isFull && canInflate(headers['sec-websocket-extensions']);
  }

  /** Takes what a server tells by its event `upgrade`. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { rules, arrivals, onRefused } = this.#options;
    const refuse = (reason: Problem): void => {
      onRefused(reason);
      refuseUpgrade(socket, reason);
    };
    const hosts = this.#options.hosts();
    if (hosts === undefined) {
      refuse(problem('unavailable'));
      return;
    }
    const { url = '/', headers } = request;
    const route = routeOf(url, headers['sec-websocket-protocol'], hosts.mounts);
    if ('code' in route) {
      refuse(route);
      return;
    }
    const reason = refusal(headers, rules, this.#open) ?? arrivals.claim(request);
    if (reason !== undefined) {
      refuse(reason);
    } else if (route.type === 'mount') {
      this.#handedOn.add(socket);
      socket.on('close', () => this.#handedOn.delete(socket));
      route.mount.upgrade(request, socket, head, arrivals.callerOf(request));
    } else {
      const server = this.#mayDeflate(request, route.subprotocol)
        ? this.#deflated
        : this.#webSockets;
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // What goes wrong with a connection ends it, and its end is heard of by `close`.
        webSocket.on('error', () => undefined);
        const { subprotocol } = route;
        hosts.webSocket(webSocket, request.socket, { ...arrivals.callerOf(request), subprotocol });
      });
    }
  }
}
