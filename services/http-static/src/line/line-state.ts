import type { StreamLine } from '@partyline/protocol';

/** What the line last told of itself. */
export class LineState {
  #epoch = '';
  #online = 0;

  /** The log's epoch. */
  readonly epoch = (): string => this.#epoch;

  /** People online. */
  readonly online = (): number => this.#online;

  take(lines: readonly StreamLine[]): void {
    for (const line of lines) {
      if (line.type === 'welcome') this.#epoch = line.epoch;
      if (line.type === 'welcome' || line.type === 'online') this.#online = line.online;
    }
  }
}
