import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Journal } from './journal.ts';
import type { Service } from './services.ts';
import { type Supervised, supervise } from './supervise.ts';

/** Types are stripped once, not at every start. */
const compileCache = join(import.meta.dirname, '../../node_modules/.cache/node');

/** How long all services together have to stop, of which the gateways get the larger part. */
const stopMs = { last: 1_200, others: 3_300 } as const;

/** A running system: every service ready, each started again when it crashes. */
export type System = AsyncDisposable;

/**
 * Starts services as processes of their own, each when those it needs are ready, and answers when
 * all are. Rejects with a StartError, with everything stopped, when one of them can't start or the
 * signal is given meanwhile.
 */
export const startSystem = async (
  services: readonly Service[],
  environment: Readonly<Record<string, string | undefined>>,
  journal: Journal,
  signal: AbortSignal,
): Promise<System> => {
  const running = new Map<string, Supervised>();

  const launch = (service: Service) => () =>
    spawn(process.execPath, [...(service.node ?? []), service.entry], {
      env: { NODE_COMPILE_CACHE: compileCache, ...environment, PARTYLINE_SUPERVISED: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Out of the terminal's process group: Ctrl-C reaches the supervisor alone, which stops the
      // services in their order.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });

  /** Stops those that nobody running needs, then the next, so that gateways end before chat-core. */
  const stop = async () => {
    while (running.size > 0) {
      const needed = new Set(
        services.filter((it) => running.has(it.name)).flatMap((it) => it.needs),
      );
      const free = [...running.values()].filter((it) => !needed.has(it.name));
      const graceMs = free.length === running.size ? stopMs.last : stopMs.others;
      await Promise.all(free.map((it) => it.stop(graceMs)));
      for (const it of free) running.delete(it.name);
    }
  };

  const failed = new AbortController();
  const stopped = AbortSignal.any([signal, failed.signal]);
  const starts = new Map<string, Promise<void>>();
  const begin = async (service: Service) => {
    const needed = services.filter((it) => service.needs.includes(it.name));
    await Promise.all([...needed.map(start), service.prepare?.(stopped)]);
    stopped.throwIfAborted();
    const supervised = supervise(service.name, launch(service), journal);
    running.set(service.name, supervised);
    await supervised.ready;
  };
  /** Starts a service once, however many need it. */
  const start = (service: Service): Promise<void> => {
    const begun = starts.get(service.name) ?? begin(service);
    starts.set(service.name, begun);
    return begun;
  };

  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    await Promise.race([Promise.all(services.map(start)), aborted]);
  } catch (error) {
    failed.abort(error);
    await stop();
    await Promise.allSettled(starts.values());
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
  return { [Symbol.asyncDispose]: stop };
};
