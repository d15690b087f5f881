import { isUtf8 } from 'node:buffer';
import { problem } from '@partyline/protocol';
import type { Framer, FrameSink } from './framer.ts';

const LF = 0x0a;
const CR = 0x0d;
const FIRST_BYTES = 256;
const EMPTY = Buffer.alloc(0);

/**
 * A frame is a line of UTF-8, ended by LF or CR LF. Of a line over the limit nothing is kept: it is
 * one fault as soon as it is too long, and the rest of it is skipped. Nothing is kept between lines.
 */
export class LineFramer implements Framer {
  readonly #limitBytes: number;
  /** The beginning of a line that hasn't ended, in the first `#keptBytes` bytes. */
  #kept = EMPTY;
  #keptBytes = 0;
  #skipping = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  push(bytes: Buffer, sink: FrameSink): void {
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      this.#finish(bytes, start, end, sink);
      start = end + 1;
    }
    if (start < bytes.length && !this.#skipping) this.#keep(bytes, start, bytes.length, sink);
  }

  end(sink: FrameSink): void {
    if (this.#keptBytes > 0) this.#finish(EMPTY, 0, 0, sink);
    this.#forget();
  }

  #finish(bytes: Buffer, start: number, end: number, sink: FrameSink): void {
    if (this.#skipping) {
      this.#skipping = false;
    } else if (this.#keptBytes === 0) {
      this.#frame(bytes, start, end, sink);
    } else {
      this.#keep(bytes, start, end, sink);
      if (!this.#skipping) this.#frame(this.#kept, 0, this.#keptBytes, sink);
      this.#forget();
    }
  }

  #frame(bytes: Buffer, start: number, lineEnd: number, sink: FrameSink): void {
    const end = lineEnd > start && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    if (end - start > this.#limitBytes) this.#refuse(sink);
    else if (isUtf8(bytes.subarray(start, end))) sink.frame(bytes.toString('utf8', start, end));
    else sink.fault(problem('utf8-bad'));
  }

  /** Copies, since a view would keep alive all that the socket read. Doubles, so that a byte a packet costs no more. */
  #keep(bytes: Buffer, start: number, end: number, sink: FrameSink): void {
    const total = this.#keptBytes + end - start;
    // One more than the limit, since the last byte may be the CR of a line end.
    if (total > this.#limitBytes + 1) {
      this.#forget();
      this.#skipping = true;
      this.#refuse(sink);
      return;
    }
    if (total > this.#kept.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, 2 * this.#kept.length, total));
      this.#kept.copy(larger, 0, 0, this.#keptBytes);
      this.#kept = larger;
    }
    bytes.copy(this.#kept, this.#keptBytes, start, end);
    this.#keptBytes = total;
  }

  #forget(): void {
    this.#kept = EMPTY;
    this.#keptBytes = 0;
    this.#skipping = false;
  }

  #refuse(sink: FrameSink): void {
    sink.fault(problem('frame-too-long', { limit: this.#limitBytes }));
  }
}

/** Frames as lines on the wire: each ended by CR LF. */
export const encodeLines = (frames: readonly string[]): Uint8Array =>
  frames.length === 0 ? EMPTY : Buffer.from(`${frames.join('\r\n')}\r\n`);
