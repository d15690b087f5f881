import type { GatewaySettings } from './gateway.ts';
import type { Outbox } from './outbox.ts';

/** What a client can take too long for: to read what it is owed, to log in, to say anything. */
export type Delay = 'too-slow' | 'login-timeout' | 'idle';

/** `probeMs`: how long a client may be silent before it is probed; 0 is for ever. */
type Settings = Pick<GatewaySettings, 'stallMs' | 'loginMs' | 'idleMs'> & {
  readonly probeMs: number;
};

/** How long one client took for what is expected of it. */
export class Patience {
  readonly #settings: Settings;
  readonly #acceptedAt: number;
  #heardAt: number;
  #takenBytes = 0;
  #takenAt: number;
  #isProbed = false;

  constructor(settings: Settings, now: number) {
    this.#settings = settings;
    this.#acceptedAt = this.#heardAt = this.#takenAt = now;
  }

  /** The client said something. */
  heard(now: number): void {
    this.#heardAt = now;
    this.#isProbed = false;
  }

  /** For how long it has taken nothing of what waits for it, as of when it was last looked at. */
  stalledMs(now: number): number {
    return now - this.#takenAt;
  }

  /** Whether the client is to be probed now: once in each silence. */
  isToProbe(now: number): boolean {
    if (this.#isProbed || !isOver(this.#settings.probeMs, now - this.#heardAt)) return false;
    this.#isProbed = true;
    return true;
  }

  /** What the client has taken too long for, if anything. Asked now and then, so that it sees what is taken. */
  exceeded(now: number, isAtDoor: boolean, outbox: Outbox): Delay | undefined {
    const { stallMs, loginMs, idleMs, probeMs } = this.#settings;
    const taken = outbox.takenBytes;
    if (outbox.queuedBytes === 0 || taken !== this.#takenBytes) {
      this.#takenBytes = taken;
      this.#takenAt = now;
    }
    if (now - this.#takenAt > stallMs) return 'too-slow';
    if (isAtDoor && isOver(loginMs, now - this.#acceptedAt)) return 'login-timeout';
    const silentMs = now - this.#heardAt;
    return isOver(idleMs, silentMs) || isOver(2 * probeMs, silentMs) ? 'idle' : undefined;
  }
}

/** Whether a time is over a limit, of which 0 means none. */
const isOver = (limitMs: number, ms: number): boolean => limitMs > 0 && ms > limitMs;
