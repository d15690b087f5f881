import { setTimeout as delay } from 'node:timers/promises';
import { openConnection } from './connection.ts';
import type { Jobs } from './job.ts';
import { MarkCounter } from './payload.ts';
import { Progress } from './progress.ts';
import { loggedIn, login } from './wires.ts';

/** Connections that are opened at once: fewer than the server's listen backlog. */
const AT_ONCE = 32;
/** Longer than the server gathers who comes and goes, before it tells. */
const QUIET_MS = 1_500;

type StormJob = 'come' | 'heard';

/** The jobs of a process that plays people who come into a room, and counts what they are told. */
export const storm = (): { [J in StormJob]: (of: Jobs[J]['of']) => Promise<Jobs[J]['gives']> } => {
  const entered = new Progress();
  let due = 0;
  let bytes = 0;

  const connect = async (target: Jobs['come']['of']['target'], name: string) => {
    const answers = new MarkCounter(loggedIn);
    let isIn = false;
    const onBytes = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (isIn || answers.take(chunk) === 0) return;
      isIn = true;
      entered.add(1);
    };
    const onEnd = (why: Error): void => entered.break(why);
    const { write } = await openConnection({ target, greeting: [], onBytes, onEnd });
    return () => write(Buffer.from(login(name)));
  };

  return {
    come: async ({ target, count, name }) => {
      const logins: (() => void)[] = [];
      let opened = 0;
      const openSome = async (): Promise<void> => {
        while (opened < count) {
          opened += 1;
          logins.push(await connect(target, `${name}${opened}`));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, openSome));
      for (const logIn of logins) logIn();
      due += count;
      await entered.until(due);
      return null;
    },

    heard: async () => {
      for (let before = -1; before !== bytes; ) {
        before = bytes;
        await delay(QUIET_MS);
      }
      const heard = bytes;
      bytes = 0;
      return { bytes: heard };
    },
  };
};
