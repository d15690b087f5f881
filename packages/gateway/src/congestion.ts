import type { Line } from './line.ts';

/** Everybody who waits for a congested line to be clear. */
export class Congestion {
  readonly #line: Line;
  readonly #waiting = new Set<() => void>();

  constructor(line: Line) {
    this.#line = line;
  }

  /** Whether the line is congested; if so, `act` is called once when it is clear. */
  holds(act: () => void): boolean {
    if (!this.#line.congested) return false;
    if (this.#waiting.size === 0) {
      this.#line.whenClear().then(
        () => this.#release(),
        () => this.#waiting.clear(),
      );
    }
    this.#waiting.add(act);
    return true;
  }

  #release(): void {
    const acts = [...this.#waiting];
    this.#waiting.clear();
    for (const act of acts) act();
  }
}
