import type { Connection } from './connection.ts';
import type { Counts } from './counts.ts';
import type { Turn } from './turn.ts';

/**
 * What is owed to one connection. Everything pushed in one turn of the event loop leaves in one
 * write. It is bounded by its users, who look at `overWater` before they push what can wait.
 */
export class Outbox {
  readonly #connection: Connection;
  readonly #turn: Turn;
  readonly #highWaterBytes: number;
  readonly #counts: Pick<Counts, 'writtenBytes'>;
  #owed: Uint8Array[] = [];
  #owedBytes = 0;
  #writtenBytes = 0;
  #onDrained: (() => void)[] = [];

  constructor(
    connection: Connection,
    turn: Turn,
    highWaterBytes: number,
    counts: Pick<Counts, 'writtenBytes'>,
  ) {
    this.#connection = connection;
    this.#turn = turn;
    this.#highWaterBytes = highWaterBytes;
    this.#counts = counts;
  }

  /** Bytes that the kernel has not taken yet. */
  get queuedBytes(): number {
    return this.#owedBytes + this.#connection.queuedBytes;
  }

  /** Whether the high-water mark is passed: what can wait must wait until drained. */
  get overWater(): boolean {
    return this.queuedBytes > this.#highWaterBytes;
  }

  /** Bytes that the kernel has taken, ever. A sum that stands still while bytes are queued is a reader that does not read. */
  get takenBytes(): number {
    return this.#writtenBytes - this.#connection.queuedBytes;
  }

  /** Owes whole frames, to be written at the turn's end. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#owed.length === 0) this.#turn.outbox(this);
    this.#owed.push(bytes);
    this.#owedBytes += bytes.length;
  }

  /** Calls `act` once, when nothing is queued any more. */
  whenDrained(act: () => void): void {
    this.#onDrained.push(act);
  }

  /** The connection's kernel has taken everything. */
  drained(): void {
    if (this.#owedBytes > 0 || this.#onDrained.length === 0) return;
    const acts = this.#onDrained;
    this.#onDrained = [];
    for (const act of acts) act();
  }

  flush(): void {
    const [first, ...rest] = this.#owed;
    if (first === undefined) return;
    const bytes = rest.length === 0 ? first : Buffer.concat(this.#owed, this.#owedBytes);
    this.#owed = [];
    this.#owedBytes = 0;
    this.#writtenBytes += bytes.length;
    this.#counts.writtenBytes += bytes.length;
    this.#connection.write(bytes);
    // A connection tells of a drain only after it had to queue.
    if (this.#onDrained.length > 0 && this.#connection.queuedBytes === 0) this.drained();
  }
}
