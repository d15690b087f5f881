import type { StreamLine } from '@partyline/protocol';

/** The log's epoch, as the line last told it. */
export class Epoch {
  #epoch = '';

  readonly current = (): string => this.#epoch;

  take(lines: readonly StreamLine[]): void {
    for (const line of lines) if (line.type === 'welcome') this.#epoch = line.epoch;
  }
}
