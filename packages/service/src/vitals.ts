import { hostname } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Vitals } from '@partyline/protocol';
import manifest from '../package.json' with { type: 'json' };

/** How often it is looked whether the event loop is late. */
const RESOLUTION_MS = 20;
/** Asked more often, it tells of the same time again. */
const LEAST_MS = 1_000;

const NANOSECONDS = 1e6;

/** Watches this process; each call tells how it is, and was since an earlier one. */
export const watchVitals = (): (() => Vitals) => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let since = performance.now();
  let utilization = performance.eventLoopUtilization();
  let loop = { loopLagMs: 0, loopBusy: 0 };

  const look = (): void => {
    const now = performance.now();
    if (now - since < LEAST_MS) return;
    since = now;
    const worst = delay.count === 0 ? 0 : delay.max / NANOSECONDS - RESOLUTION_MS;
    const current = performance.eventLoopUtilization();
    const { utilization: busy } = performance.eventLoopUtilization(current, utilization);
    loop = {
      loopLagMs: Math.round(Math.max(0, worst) * 10) / 10,
      loopBusy: Math.round(Math.min(Math.max(0, busy), 1) * 1_000) / 1_000,
    };
    utilization = current;
    delay.reset();
  };

  return () => {
    look();
    return {
      version: manifest.version,
      host: hostname(),
      uptimeMs: Math.round(performance.now()),
      memoryBytes: process.memoryUsage.rss(),
      ...loop,
    };
  };
};
