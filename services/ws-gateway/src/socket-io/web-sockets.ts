import { type ServerOptions, WebSocketServer } from 'ws';
import { settled } from '../settled.ts';
import { webSocketOptions } from '../upgrades.ts';

/** The WebSockets of an Engine.IO server, which has them made by what it is given. */
export class WebSockets {
  #server: WebSocketServer | undefined;

  /** As the option `wsEngine` of Engine.IO: a constructor of WebSocket servers. */
  readonly engine: (options: ServerOptions) => WebSocketServer;

  constructor() {
    const make = (options: ServerOptions): WebSocketServer => {
      this.#server = new WebSocketServer({ ...options, ...webSocketOptions, clientTracking: true });
      return this.#server;
    };
    // Called by `new`, which an arrow function can't be.
    this.engine = function engine(options) {
      return make(options);
    };
  }

  /** Resolves when every WebSocket is over; those that last longer than `graceMs` are cut. */
  async settled(graceMs: number): Promise<void> {
    if (this.#server !== undefined) await settled([this.#server], graceMs);
  }
}
