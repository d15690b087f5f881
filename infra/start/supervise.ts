import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from './journal.ts';
import { recoveredAfterMs, restartDelayMs } from './restart-delay.ts';
import { StartError } from './start-error.ts';

/** A service that is kept running. */
export type Supervised = {
  readonly name: string;
  /** Settles once: fulfilled when it is ready for the first time, rejected when it ended before. */
  readonly ready: Promise<void>;
  /** SIGTERM, after `graceMs` SIGKILL; fulfilled when the process is gone. */
  stop(graceMs: number): Promise<void>;
};

type End = { readonly how: string; readonly code: number | null; readonly readyMs: number };

/**
 * Starts a service and starts it again, later each time, whenever it ends by itself. One that ends
 * before it was ever ready is not started again: its settings or this machine are wrong, and it
 * said why.
 */
export const supervise = (
  name: string,
  spawn: () => ChildProcess,
  journal: Journal,
  now: () => number = performance.now.bind(performance),
): Supervised => {
  const stopping = new AbortController();
  const firstReady = Promise.withResolvers<void>();
  let process: ChildProcess | undefined;
  let everReady = false;
  let lastWords = '';

  const run = (): Promise<End> => {
    const child = spawn();
    process = child;
    journal.say('info', 'started', { child: name, childPid: child.pid });
    let readySince: number | undefined;
    child.on('message', (message: { readonly type?: unknown }) => {
      if (message.type !== 'ready' || readySince !== undefined) return;
      readySince = now();
      everReady = true;
      firstReady.resolve();
    });
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null)
        createInterface({ input: stream }).on('line', (line) => {
          lastWords = journal.pass(name, line) ?? lastWords;
        });
    const { promise, resolve } = Promise.withResolvers<End>();
    const ended = (how: string, code: number | null) =>
      resolve({ how, code, readyMs: readySince === undefined ? 0 : now() - readySince });
    child.on('error', (error) => ended(error.message, null));
    // 'close' comes after the last line of its output was read, 'exit' may come before.
    child.on('close', (code, signal) => ended(signal ?? `exit code ${code}`, code));
    return promise;
  };

  const keepRunning = async () => {
    let crashes = 0;
    while (!stopping.signal.aborted) {
      const { how, code, readyMs } = await run();
      process = undefined;
      if (stopping.signal.aborted) return;
      if (!everReady)
        throw new StartError(`${name} did not start (${how}). ${lastWords}`.trim(), code ?? 1);
      crashes = readyMs >= recoveredAfterMs ? 1 : crashes + 1;
      const delayMs = restartDelayMs(crashes);
      journal.say('warn', `${name} ended (${how}), starting it again in ${delayMs} ms`);
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const running = keepRunning().catch(firstReady.reject);
  // Whoever starts a system may stop it before it looks at `ready`.
  firstReady.promise.catch(() => {});

  return {
    name,
    ready: firstReady.promise,
    async stop(graceMs) {
      stopping.abort();
      const child = process;
      child?.kill('SIGTERM');
      const kill = setTimeout(() => {
        journal.say('warn', `${name} did not stop in ${graceMs} ms, killing it`);
        child?.kill('SIGKILL');
      }, graceMs);
      await running;
      clearTimeout(kill);
      firstReady.reject(new StartError(`${name} was stopped before it was ready.`));
    },
  };
};
