import type { Environment } from './settings.ts';

const PARENT_CHECK_MS = 250;

/**
 * Resolved, with the reason, when this process is told to stop: by SIGTERM, by SIGINT, or by the
 * end of the supervisor that started it (PARTYLINE_SUPERVISED=1), which a signal may never tell.
 * Further signals change nothing: Ctrl-C reaches a process from its terminal and its supervisor.
 */
export const whenToldToStop = (environment: Environment): Promise<string> =>
  new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
    if (environment.PARTYLINE_SUPERVISED !== '1') return;
    const parent = process.ppid;
    const check = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(check);
      resolve('supervisor gone');
    }, PARENT_CHECK_MS);
    check.unref();
  });
