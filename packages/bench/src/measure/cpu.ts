import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Ticks a second that the kernel counts CPU time in. */
const ticksPerSecond = (): number =>
  Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** User and system time in the text of /proc/PID/stat, in ticks (proc_pid_stat(5), fields 14 and 15). */
export const cpuTicks = (stat: string): number => {
  // The second field is the program's name, in parentheses, and may hold anything.
  const [, , , , , , , , , , , utime, stime] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(utime) + Number(stime);
};

/** Microseconds of CPU that each process has used so far, all its threads together. */
export const cpuUs = (pids: readonly number[]): readonly number[] => {
  const perTickUs = 1_000_000 / ticksPerSecond();
  return pids.map((pid) => cpuTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')) * perTickUs);
};

const LOOK_MS = 300;
/** Of one core, in which background work still counts as quiet. */
const QUIET = 0.1;

/** Resolves when the processes have nothing left to do. */
export const untilQuiet = async (pids: readonly number[]): Promise<void> => {
  const used = (): number => cpuUs(pids).reduce((sum, it) => sum + it, 0);
  for (let before = used(); ; ) {
    await delay(LOOK_MS);
    const now = used();
    if (now - before <= QUIET * LOOK_MS * 1_000) return;
    before = now;
  }
};
