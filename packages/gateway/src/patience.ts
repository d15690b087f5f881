import type { GatewaySettings } from './gateway.ts';
import type { Outbox } from './outbox.ts';

/** What a client can take too long for: to read what it is owed, to log in, to say anything. */
export type Delay = 'too-slow' | 'login-timeout' | 'idle';

/** How long one client took for what is expected of it. */
export class Patience {
  readonly #settings: Pick<GatewaySettings, 'stallMs' | 'loginMs' | 'idleMs'>;
  readonly #acceptedAt: number;
  #heardAt: number;
  #takenBytes = 0;
  #takenAt: number;

  constructor(settings: Pick<GatewaySettings, 'stallMs' | 'loginMs' | 'idleMs'>, now: number) {
    this.#settings = settings;
    this.#acceptedAt = this.#heardAt = this.#takenAt = now;
  }

  /** The client said something. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** What the client has taken too long for, if anything. Asked now and then, so that it sees what is taken. */
  exceeded(now: number, isAtDoor: boolean, outbox: Outbox): Delay | undefined {
    const { stallMs, loginMs, idleMs } = this.#settings;
    const taken = outbox.takenBytes;
    if (outbox.queuedBytes === 0 || taken !== this.#takenBytes) {
      this.#takenBytes = taken;
      this.#takenAt = now;
    }
    if (now - this.#takenAt > stallMs) return 'too-slow';
    if (isAtDoor && isOver(loginMs, now - this.#acceptedAt)) return 'login-timeout';
    return isOver(idleMs, now - this.#heardAt) ? 'idle' : undefined;
  }
}

/** Whether a time is over a limit, of which 0 means none. */
const isOver = (limitMs: number, ms: number): boolean => limitMs > 0 && ms > limitMs;
