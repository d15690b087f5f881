import type { CloseReason, Connection, Receiver } from '@partyline/gateway';
import { problem } from '@partyline/protocol';
import type { Socket, Transport } from 'engine.io';
import type { Caller } from '../arrivals.ts';
import type { Pulse } from '../transports/heartbeat.ts';
import { keepAlive, webSocketOf, writeFrames } from './engine-socket.ts';
import { type PayloadFrames, packetsOf } from './payload.ts';

/** How browsers close the WebSockets of a page that is left or reloaded; it forgets what it would resume with. */
const GOING_AWAY = 1001;

/**
 * A client over Engine.IO, which asks it for signs of life and changes its transport from polling to
 * a WebSocket when it can. Bytes count as queued until the transport has sent them.
 */
export class SocketIoConnection implements Connection, Pulse {
  /** By what it came; it may change that. */
  readonly wire: string;
  readonly address?: string;
  readonly #socket: Socket;
  readonly #frames: PayloadFrames;
  #queuedBytes = 0;
  /** RFC 6455 §7.4, once a WebSocket is closed. */
  #closeCode: number | undefined;
  #onDrained: () => void = () => undefined;
  /** Resolved when the client is read from again; undefined while it is. */
  #held: PromiseWithResolvers<void> | undefined;

  constructor(socket: Socket, frames: PayloadFrames, { address, isSecure }: Caller) {
    this.#socket = socket;
    this.#frames = frames;
    const transport = socket.transport.name === 'websocket' ? 'ws' : 'http';
    this.wire = `socket.io+${transport}${isSecure ? 's' : ''}`;
    if (address !== undefined) this.address = address;
  }

  /** Tells the receiver from now on what comes from the client. */
  deliverTo(receiver: Receiver): void {
    this.#onDrained = () => receiver.drained();
    // Of an empty message there is no data.
    this.#socket.on('data', (data: string | Buffer = '') => {
      if (typeof data === 'string') receiver.frame(data);
      else receiver.fault(problem('binary-bad'));
    });
    this.#watch(this.#socket.transport);
    this.#socket.on('upgrade', (transport: Transport) => {
      this.#watch(transport);
      if (this.#held !== undefined) webSocketOf(transport)?.pause();
    });
    // Whoever leaves on purpose has said so by a packet before, but for a page that was left.
    this.#socket.on('close', () => {
      this.resume();
      receiver.gone(this.#closeCode === GOING_AWAY ? 'ended' : 'vanished');
    });
  }

  /** Resolved when the client may send more, if it may not now: by polling, it can't be held back otherwise. */
  get held(): Promise<void> | undefined {
    return this.#held?.promise;
  }

  get queuedBytes(): number {
    return this.#socket.readyState === 'open' ? this.#queuedBytes : 0;
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.readyState !== 'open') return;
    this.#queuedBytes += bytes.length;
    let isWriting = true;
    const onTaken = () => {
      this.#queuedBytes -= bytes.length;
      if (!isWriting && this.#queuedBytes === 0) this.#onDrained();
    };
    if (this.#socket.transport.name === 'websocket')
      writeFrames(this.#socket, this.#frames.of(bytes), onTaken);
    else this.#writePackets(packetsOf(bytes), onTaken);
    isWriting = false;
  }

  pause(): void {
    this.#held ??= Promise.withResolvers();
    webSocketOf(this.#socket.transport)?.pause();
  }

  resume(): void {
    webSocketOf(this.#socket.transport)?.resume();
    this.#held?.resolve();
    this.#held = undefined;
  }

  end(_reason: CloseReason): void {
    this.#socket.close();
    // The answer to a close frame must be read, whoever was held back.
    this.resume();
  }

  destroy(): void {
    const webSocket = webSocketOf(this.#socket.transport);
    this.#socket.close(true);
    webSocket?.terminate();
  }

  beat(): void {
    // Somebody whom we hold back can't be heard; of somebody who doesn't read, the session knows.
    if (this.#held !== undefined || this.queuedBytes > 0) keepAlive(this.#socket);
  }

  /** Notes how a WebSocket is closed, before Engine.IO tells that it is. */
  #watch(transport: Transport): void {
    webSocketOf(transport)?.prependOnceListener('close', (code: number) => {
      this.#closeCode = code;
    });
  }

  #writePackets(packets: readonly string[], onTaken: () => void): void {
    packets.forEach((packet, index) => {
      if (index < packets.length - 1) this.#socket.write(packet, { compress: false });
      else this.#socket.write(packet, { compress: false }, onTaken);
    });
  }
}
