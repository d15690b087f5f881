import type { Socket } from 'node:net';
import type { Connection, Pace, Receiver } from '@partyline/gateway';
import type { Problem } from '@partyline/protocol';
import { type Arrival, cut } from '@partyline/service';
import type { Framer, FrameSink } from '../framing/framer.ts';

/** What all connections of one listener share. */
export type StreamParts = {
  /** `DIALECT+TRANSPORT`. */
  readonly wire: string;
  readonly pace: Pace;
  /** The client began with a TLS handshake, which nobody here understands. */
  spokeTls(connection: StreamConnection): void;
  /** Told once per connection, when nothing is left of it. */
  closed(connection: StreamConnection): void;
};

/** How long a client is given to take what is pending and end its side, once ours is ended. */
const LINGER_MS = 5_000;

const connectionOf = Symbol('connection');
type OwnedSocket = Socket & { [connectionOf]: StreamConnection };

/**
 * One client over a stream of bytes, whatever was listened on to get it. The framer finds frames
 * in what it sends.
 */
export class StreamConnection implements Connection, FrameSink {
  readonly wire: string;
  readonly address?: string;
  readonly certificate?: string;
  readonly #parts: StreamParts;
  readonly #socket: Socket;
  readonly #framer: Framer;
  #receiver: Receiver | undefined;
  /** Whether the receiver knows already that the client is gone. */
  #toldGone = false;
  #isFirst = true;
  #ending = false;
  #lingering: NodeJS.Timeout | undefined;
  #noDelay = true;

  /** The socket must have been made with `allowHalfOpen` and `noDelay`. */
  constructor({ socket, address, certificate }: Arrival, framer: Framer, parts: StreamParts) {
    this.wire = parts.wire;
    if (address !== undefined) this.address = address;
    if (certificate !== undefined) this.certificate = certificate;
    this.#parts = parts;
    this.#socket = socket;
    this.#framer = framer;
    (socket as OwnedSocket)[connectionOf] = this;
    // These are the same functions for every socket: an idle client costs no closures.
    socket.on('error', onError);
    socket.on('close', onClose);
  }

  /** Reads from the client from now on, and tells the receiver what comes. */
  deliverTo(receiver: Receiver): void {
    this.#receiver = receiver;
    this.#socket.on('drain', onDrain);
    this.#socket.on('end', onEnd);
    this.#socket.on('data', onData);
  }

  get queuedBytes(): number {
    return this.#socket.destroyed ? 0 : this.#socket.writableLength;
  }

  /**
   * What a write owes:
   * 1. It never blocks: what the kernel doesn't take waits here, and `queuedBytes` tells how much.
   * 2. Writes keep their order, and the bytes of one write are not parted.
   * 3. Once the connection is ended, nothing is written any more, and nothing is thrown.
   * 4. After bytes had to wait, `drained` is told once the kernel has taken all of them.
   * 5. The bytes are not changed and not kept: many connections are given the same ones.
   */
  write(bytes: Uint8Array): void {
    if (!this.#socket.writable) return;
    const noDelay = this.#parts.pace.write();
    if (noDelay !== this.#noDelay) {
      this.#noDelay = noDelay;
      this.#socket.setNoDelay(noDelay);
    }
    this.#socket.write(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    if (this.#ending || this.#socket.destroyed) return;
    this.#ending = true;
    this.#socket.end();
    // Bytes that nobody read would turn the end into a reset, which takes what is pending with it.
    this.#socket.resume();
    this.#lingering = setTimeout(dropConnection, LINGER_MS, this);
  }

  destroy(): void {
    cut(this.#socket);
  }

  /** Ends at once, but what the kernel has taken still goes out. */
  drop(): void {
    this.#socket.destroy();
  }

  // What the framer finds.

  frame(text: string): void {
    this.#receiver?.frame(text);
  }

  fault(problem: Problem): void {
    this.#receiver?.fault(problem);
  }

  reply(bytes: Uint8Array): void {
    // A client that doesn't read gets no replies, so that it can't pile them up.
    if (this.queuedBytes === 0) this.write(bytes);
  }

  // What the socket tells.

  received(bytes: Buffer): void {
    if (this.#isFirst && isClientHello(bytes)) {
      this.#parts.spokeTls(this);
      this.#tellGone('ended');
    }
    this.#isFirst = false;
    if (!this.#ending && !this.#toldGone) this.#framer.push(bytes, this);
  }

  /** The client sends no more. It still reads: the session ends the connection when all is out. */
  endedByClient(): void {
    if (!this.#ending && !this.#toldGone) this.#framer.end(this);
    this.#tellGone('ended');
  }

  drained(): void {
    this.#receiver?.drained();
  }

  closed(): void {
    clearTimeout(this.#lingering);
    // A session that was told of the end may still wait for what it wrote to be out.
    if (this.#toldGone) this.#receiver?.drained();
    else this.#tellGone('vanished');
    this.#receiver = undefined;
    this.#parts.closed(this);
  }

  #tellGone(how: 'ended' | 'vanished'): void {
    if (this.#toldGone) return;
    this.#toldGone = true;
    this.#receiver?.gone(how);
  }
}

/** A TLS record of the type handshake, of any version (RFC 8446 §5.1). No line that people or programs write begins so. */
const isClientHello = (bytes: Buffer): boolean => bytes[0] === 0x16 && bytes[1] === 0x03;

function onData(this: Socket, bytes: Buffer): void {
  (this as OwnedSocket)[connectionOf].received(bytes);
}

function onEnd(this: Socket): void {
  (this as OwnedSocket)[connectionOf].endedByClient();
}

function onDrain(this: Socket): void {
  (this as OwnedSocket)[connectionOf].drained();
}

function onClose(this: Socket): void {
  (this as OwnedSocket)[connectionOf].closed();
}

/** A connection that broke is closed next, and that is told. */
function onError(): void {}

const dropConnection = (connection: StreamConnection): void => connection.drop();
