import { readFileSync } from 'node:fs';

/** Resident bytes in the text of /proc/PID/status (proc_pid_status(5)). */
export const residentBytesIn = (status: string): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;

/** How many files a process may have open, in the text of /proc/PID/limits; Infinity when any number. */
export const openFilesIn = (limits: string): number => {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
};

/** Memory that each process has resident. What the kernel keeps for its sockets is not in it. */
export const residentBytes = (pids: readonly number[]): readonly number[] =>
  pids.map((pid) => residentBytesIn(readFileSync(`/proc/${pid}/status`, 'utf8')));
