/** What a split of bytes into lines came to: the lines, and how many were over the limit and dropped. */
export type Lines = { readonly lines: readonly string[]; readonly tooLong: number };

const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits a stream of bytes into lines (LF or CR LF), in constant memory: a line over `limitBytes`
 * is dropped as it arrives and counted once it ends. Blank lines are skipped. For NDJSON
 * (https://github.com/ndjson/ndjson-spec).
 */
export class LineSplitter {
  readonly #limitBytes: number;
  #parts: Buffer[] = [];
  #partBytes = 0;
  #dropping = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Feeds bytes; returns the lines that they complete. */
  push(bytes: Buffer): Lines {
    const lines: string[] = [];
    let tooLong = 0;
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      const line = this.#take(bytes.subarray(start, end));
      if (line === undefined) tooLong += 1;
      else if (line !== '') lines.push(line);
      start = end + 1;
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
    return { lines, tooLong };
  }

  /** The last line, when the stream ended without a line end. */
  end(): Lines {
    const unfinished = this.#partBytes > 0 || this.#dropping;
    const line = unfinished ? this.#take(Buffer.alloc(0)) : '';
    return { lines: line ? [line] : [], tooLong: line === undefined ? 1 : 0 };
  }

  #keep(part: Buffer): void {
    if (this.#dropping) return;
    if (this.#partBytes + part.length > this.#limitBytes + 1) {
      this.#dropping = true;
      this.#parts = [];
      this.#partBytes = 0;
      return;
    }
    // A copy: a view would keep the whole chunk that the socket read alive.
    this.#parts.push(Buffer.from(part));
    this.#partBytes += part.length;
  }

  #take(last: Buffer): string | undefined {
    if (this.#dropping) {
      this.#dropping = false;
      return undefined;
    }
    const whole = this.#partBytes === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#partBytes = 0;
    const end =
      whole.length > 0 && whole[whole.length - 1] === CR ? whole.length - 1 : whole.length;
    return end > this.#limitBytes ? undefined : whole.toString('utf8', 0, end);
  }
}

/** One value as a line. */
export const toLine = (value: unknown): string => `${JSON.stringify(value)}\n`;
