import type { Environment } from './settings.ts';

const PARENT_CHECK_MS = 250;
/** The longest that a timer of Node's can wait. */
const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Resolved, with the reason, when this process is told to stop: by SIGTERM, by SIGINT, or by the
 * end of the supervisor that started it (PARTYLINE_SUPERVISED=1), which a signal may never tell.
 * Until then the process lives, whatever else it waits for. Further signals change nothing:
 * Ctrl-C reaches a process from its terminal and from its supervisor.
 */
export const whenToldToStop = (environment: Environment): Promise<string> =>
  new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
    const parent = process.ppid;
    const stopWithoutParent = (): void => {
      if (process.ppid !== parent) resolve('supervisor gone');
    };
    if (environment.PARTYLINE_SUPERVISED === '1') setInterval(stopWithoutParent, PARENT_CHECK_MS);
    else setInterval(() => {}, FOR_EVER_MS);
  });
