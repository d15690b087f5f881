import { setTimeout as wait } from 'node:timers/promises';

/** Calls `act` once after `ms`; the function given back cancels it. */
export type After = (ms: number, act: () => void) => () => void;

/** Node's timers. They keep no process alive. */
export const systemAfter: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Waits; returns early, without an error, when the signal is aborted. */
export const systemSleep = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal, ref: false }).catch(() => {});
