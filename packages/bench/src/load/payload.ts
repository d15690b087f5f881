/**
 * What is said: always 64 characters that no wire escapes or splits. `@@b`, the message's number in
 * 9 digits, the microsecond it was sent at in 16, filled up with dots. So it is found in the bytes
 * of any wire, and reading costs the client the same whichever server it reads from.
 */
export const PAYLOAD_BYTES = 64;

const MARK = Buffer.from('@@b');
const NUMBER_DIGITS = 9;
const SENT_DIGITS = 16;
const HEAD_BYTES = MARK.length + NUMBER_DIGITS + SENT_DIGITS;
const NOTHING = Buffer.alloc(0);
const ZERO = 0x30;

/** A message's text; `sentUs` by the monotonic clock. */
export const payload = (number: number, sentUs: number): string =>
  `${MARK}${`${number}`.padStart(NUMBER_DIGITS, '0')}${`${sentUs}`.padStart(SENT_DIGITS, '0')}`.padEnd(
    PAYLOAD_BYTES,
    '.',
  );

/** Microseconds of the machine's monotonic clock, the same in every process. */
export const nowUs = (): number => Math.floor(Number(process.hrtime.bigint() / 1_000n));

const digits = (bytes: Buffer, from: number, count: number): number => {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + (bytes[at] ?? 0) - ZERO;
  return value;
};

/** Finds the messages in what one connection reads, and sees that none is missing or out of order. */
export class Reader {
  #next: number;
  #rest: Buffer = NOTHING;
  readonly #onMessage: (sentUs: number) => void;

  /** `next` is the number of the first message that it is owed. */
  constructor(next: number, onMessage: (sentUs: number) => void) {
    this.#next = next;
    this.#onMessage = onMessage;
  }

  /** Takes bytes that may be overwritten afterwards. Throws when a message was skipped or repeated. */
  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    let at = bytes.indexOf(MARK);
    while (at !== -1 && at + HEAD_BYTES <= bytes.length) {
      const number = digits(bytes, at + MARK.length, NUMBER_DIGITS);
      if (number !== this.#next)
        throw new Error(`message ${number} came where ${this.#next} was due`);
      this.#next += 1;
      this.#onMessage(digits(bytes, at + MARK.length + NUMBER_DIGITS, SENT_DIGITS));
      from = at + HEAD_BYTES;
      at = bytes.indexOf(MARK, from);
    }
    // A mark may have begun in the last bytes.
    const possible = at === -1 ? bytes.indexOf(MARK[0] ?? 0, lastBytes(bytes, from)) : at;
    this.#rest = possible === -1 ? NOTHING : Buffer.from(bytes.subarray(possible));
  }
}

const lastBytes = (bytes: Buffer, from: number): number =>
  Math.max(from, bytes.length - MARK.length + 1);

/** Counts a mark in the bytes of one connection. */
export class MarkCounter {
  readonly #mark: Buffer;
  #rest: Buffer = NOTHING;

  constructor(mark: string) {
    this.#mark = Buffer.from(mark);
  }

  /** How many marks these bytes complete; they may be overwritten afterwards. */
  take(chunk: Buffer): number {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let count = 0;
    let from = 0;
    for (let at = bytes.indexOf(this.#mark); at !== -1; at = bytes.indexOf(this.#mark, from)) {
      count += 1;
      from = at + this.#mark.length;
    }
    this.#rest = Buffer.from(bytes.subarray(Math.max(from, bytes.length - this.#mark.length + 1)));
    return count;
  }
}
