import type { ServerResponse } from 'node:http';
import type { Connection, Receiver } from '@partyline/gateway';
import { WIRE } from '../line/speaker.ts';

/** A client that reads an answer without an end. Nothing comes in over it: what it wants, it asked for. */
export class StreamConnection implements Connection {
  readonly wire = WIRE;
  readonly address: string;
  readonly #response: ServerResponse;
  #isOver = false;

  constructor(response: ServerResponse, address: string) {
    this.#response = response;
    this.address = address;
    response.on('close', () => {
      this.#isOver = true;
    });
  }

  deliverTo(receiver: Receiver): void {
    this.#response.on('drain', () => receiver.drained());
    this.#response.on('close', () => receiver.gone('ended'));
  }

  get queuedBytes(): number {
    return this.#isOver ? 0 : this.#response.writableLength;
  }

  write(bytes: Uint8Array): void {
    if (!this.#isOver && !this.#response.writableEnded) this.#response.write(bytes);
  }

  /** Shows that the stream lives, to a client that reads. */
  beat(frame: Uint8Array): void {
    if (this.queuedBytes === 0) this.write(frame);
  }

  pause(): void {}

  resume(): void {}

  end(): void {
    if (this.#response.headersSent) this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }
}
