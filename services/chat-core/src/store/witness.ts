import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** How far a log had come: events appended in its epoch, over all rooms. */
export type LogEnd = { readonly epoch: string; readonly events: number };

const EVENTS_DIGITS = 16;

/**
 * Remembers, beside the database, how far its log had come. A database that has less than that is an
 * older copy put in its place. It is noted after each commit, unsynced: a crash can only make it
 * remember too little, never more than there was.
 */
export class Witness implements Disposable {
  readonly #file: string;
  readonly #descriptor: number;

  constructor(folder: string) {
    this.#file = join(folder, 'partyline.end');
    // Made when it is missing, and never cut off.
    this.#descriptor = openSync(this.#file, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** What was noted last; undefined when there is nothing, or nothing that can be read. */
  read(): LogEnd | undefined {
    const [, epoch, events] = /^(\w+) (\d+)\n/.exec(readFileSync(this.#file, 'utf8')) ?? [];
    return epoch === undefined ? undefined : { epoch, events: Number(events) };
  }

  /** Of a fixed length, so that one write replaces the last. */
  note({ epoch, events }: LogEnd): void {
    writeSync(this.#descriptor, `${epoch} ${String(events).padStart(EVENTS_DIGITS, '0')}\n`, 0);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}
