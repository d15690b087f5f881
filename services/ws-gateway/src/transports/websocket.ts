import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import {
  type CloseReason,
  type Connection,
  closeReasons,
  type Pace,
  type Receiver,
} from '@partyline/gateway';
import { type Locale, problem } from '@partyline/protocol';
import { WebSocket } from 'ws';
import type { Pulse } from './heartbeat.ts';

/** Pings that may go unanswered before the other side is taken for gone. */
const PATIENCE_PINGS = 2;

/** What all connections of one wire share. */
export type WebSocketParts = {
  /** `DIALECT+TRANSPORT`. */
  readonly wire: string;
  readonly pace: Pace;
  readonly locale: Locale;
};

/**
 * A client over WebSocket. `ws` reads, and writes the control frames; what rooms are told comes as
 * finished frames and goes past it, straight to the socket. That mixes rightly: both write whole
 * frames to the same socket at once, since without compression `ws` queues nothing of its own.
 */
export class WebSocketConnection implements Connection, Pulse {
  readonly wire: string;
  readonly address?: string;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #pace: Pace;
  readonly #locale: Locale;
  /** `ws` begins so. */
  #noDelay = true;
  #unansweredPings = 0;

  constructor(
    webSocket: WebSocket,
    socket: Socket,
    { wire, pace, locale }: WebSocketParts,
    address?: string,
  ) {
    this.wire = wire;
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#pace = pace;
    this.#locale = locale;
    if (address !== undefined) this.address = address;
  }

  /** Tells the receiver from now on what comes from the client. */
  deliverTo(receiver: Receiver): void {
    const alive = () => {
      this.#unansweredPings = 0;
    };
    this.#webSocket.on('ping', alive);
    this.#webSocket.on('pong', alive);
    this.#webSocket.on('message', (data: Buffer, isBinary: boolean) => {
      alive();
      // A text frame that is not UTF-8 ends the connection (RFC 6455 §8.1); `ws` has checked that.
      if (isBinary && !isUtf8(data)) receiver.fault(problem('utf8-bad'));
      else receiver.frame(data.toString());
    });
    this.#socket.on('drain', () => receiver.drained());
    this.#webSocket.on('close', (code) => receiver.gone(code === 1000 ? 'ended' : 'vanished'));
  }

  get queuedBytes(): number {
    return this.#socket.destroyed ? 0 : this.#socket.writableLength;
  }

  write(bytes: Uint8Array): void {
    // Nothing may follow a close frame (RFC 6455 §5.5.1).
    if (this.#webSocket.readyState !== WebSocket.OPEN) return;
    const noDelay = this.#pace.write();
    if (noDelay !== this.#noDelay) {
      this.#noDelay = noDelay;
      this.#socket.setNoDelay(noDelay);
    }
    this.#socket.write(bytes);
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  end(reason: CloseReason): void {
    this.#webSocket.close(closeReasons[reason].code, closeReasons[reason][this.#locale]);
    // The answer to the close frame must be read, whoever was held back.
    this.#webSocket.resume();
  }

  destroy(): void {
    this.#webSocket.terminate();
  }

  beat(): void {
    // Somebody whom we hold back can't be heard; of somebody who doesn't read, the session knows.
    if (this.#webSocket.isPaused || this.queuedBytes > 0) {
      this.#unansweredPings = 0;
    } else if (this.#unansweredPings === PATIENCE_PINGS) {
      this.#webSocket.terminate();
    } else {
      this.#unansweredPings += 1;
      this.#webSocket.ping();
    }
  }
}
