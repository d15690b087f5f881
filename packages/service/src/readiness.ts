import type { Ops } from './ops.ts';

/** Whether a service that is on the bus can serve: as long as the bus is there. */
export class Readiness {
  #state: 'unknown' | 'up' | 'down' = 'unknown';

  /** The bus came, or went. */
  readonly onState = (state: 'up' | 'down'): void => {
    this.#state = state;
  };

  readonly ready: Ops['ready'] = () => {
    if (this.#state === 'up') return true;
    return this.#state === 'down' ? 'the bus is away' : 'the bus was not reached yet';
  };
}
