/** Time as a gateway needs it; a simulation passes its own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `act` once, `ms` milliseconds from now, unless cancelled by what it returns. */
  after(ms: number, act: () => void): () => void;
  /** Runs `act` when the current turn of the event loop has done its I/O. */
  turnEnd(act: () => void): void;
}

/** The process's own time. Its timers don't keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  turnEnd: (act) => void setImmediate(act),
};
