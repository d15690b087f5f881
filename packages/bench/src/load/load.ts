import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, JobName, Jobs } from './job.ts';

/** A process that plays clients, so that the servers' CPU is only the servers'. One job at a time. */
export interface Load extends AsyncDisposable {
  do<J extends JobName>(job: J, of: Jobs[J]['of']): Promise<Jobs[J]['gives']>;
}

/** Starts a process that plays clients. */
export const startLoad = (): Load => {
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)));
  const exited = once(child, 'exit');
  return {
    do: async (job, of) => {
      child.send({ job, ...of });
      const [answer] = (await Promise.race([
        once(child, 'message'),
        exited.then(() => [{ failed: 'the load process ended' }]),
      ])) as [Answer];
      if ('failed' in answer) throw new Error(answer.failed);
      return answer.gave as never;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
