import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookEveryMs = 500;

/** The parent of another process; 0 when it can't be told. */
const parentOf = (pid: number): number => {
  try {
    if (process.platform === 'linux')
      // proc_pid_stat(5): `pid (comm) state ppid …`; comm may hold spaces and brackets.
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
    if (process.platform === 'win32') return 0;
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
};

/**
 * Calls back once when the process that started this one is gone, or the one that started that:
 * npm puts a shell between itself and a script, a SIGTERM to npm ends only the shell, a SIGKILL
 * only npm.
 */
export const whenOrphaned = (orphaned: () => void): Disposable => {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === 0 || parentOf(parent) === grandparent)) return;
    clearInterval(timer);
    orphaned();
  }, lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
};
