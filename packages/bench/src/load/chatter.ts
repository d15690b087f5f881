import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, openConnection } from './connection.ts';
import type { JobName, Jobs } from './job.ts';
import { nowUs, payload, Reader } from './payload.ts';
import { Progress } from './progress.ts';
import { wires } from './wires.ts';

/** Connections that are opened at once: fewer than any server's listen backlog. */
const AT_ONCE = 8;

type ChatJob = Extract<JobName, 'read' | 'write' | 'turns' | 'pace' | 'complete'>;

/** The jobs of a process that plays people in one room. */
export const chatter = (): {
  [J in ChatJob]: (of: Jobs[J]['of']) => Promise<Jobs[J]['gives']>;
} => {
  const delivered = new Progress();
  let readers = 0;
  /** Messages said here so far, and deliveries due for them. */
  let said = 0;
  let due = 0;
  let tookUs: number[] | undefined;
  let talk: ((messages: number) => void) | undefined;

  const onMessage = (sentUs: number): void => {
    tookUs?.push(nowUs() - sentUs);
    delivered.add(1);
  };
  const onEnd = (why: Error): void => delivered.break(why);

  return {
    read: async ({ wire, target, count, name }) => {
      let opened = 0;
      const openSome = async (): Promise<void> => {
        while (opened < count) {
          opened += 1;
          const greeting = wires[wire].greeting(`${name}${opened}`);
          const reader = new Reader(said, onMessage);
          const onBytes = (bytes: Buffer): void => reader.take(bytes);
          await openConnection({ target, greeting, onBytes, onEnd });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, openSome));
      readers += count;
      return null;
    },

    write: async ({ wire, target, name }) => {
      const { greeting, say } = wires[wire];
      const connection: Connection = await openConnection({
        target,
        greeting: greeting(name),
        onBytes: () => {},
        onEnd,
      });
      talk = (messages) => {
        const sentUs = nowUs();
        const frames = Array.from({ length: messages }, (_, n) => say(payload(said + n, sentUs)));
        said += messages;
        due += messages * readers;
        connection.write(Buffer.concat(frames));
      };
      return null;
    },

    turns: async ({ perTurn, forMs }) => {
      const before = delivered.count;
      const end = performance.now() + forMs;
      while (performance.now() < end) {
        talk?.(perTurn);
        await delivered.until(due);
      }
      return { deliveries: delivered.count - before };
    },

    pace: async ({ perSecond, forMs }) => {
      tookUs = [];
      const began = performance.now();
      const total = Math.floor((perSecond * forMs) / 1_000);
      for (let sent = 0; sent < total; ) {
        const now = Math.min(total, Math.floor(((performance.now() - began) * perSecond) / 1_000));
        for (; sent < now; sent += 1) talk?.(1);
        await delay(1);
      }
      await delivered.until(due);
      return { sent: total, tookUs };
    },

    complete: async ({ messages }) => {
      await delivered.until(messages * readers);
      return null;
    },
  };
};
