import { openConnection } from './connection.ts';
import type { Jobs } from './job.ts';

/** Connections that are opened at once: fewer than any server's listen backlog. */
const AT_ONCE = 64;

/** Plays clients that connect, hear what they are greeted with, and then do nothing at all. */
export const hold = async ({ target, greeted, count }: Jobs['hold']['of']): Promise<null> => {
  const greeting = greeted === '' ? [] : [{ send: '', until: greeted }];
  let opened = 0;
  let broken: Error | undefined;
  const openSome = async (): Promise<void> => {
    while (opened < count) {
      opened += 1;
      await openConnection({
        ...{ target, greeting },
        onBytes: () => {},
        onEnd: (why) => {
          broken ??= why;
        },
      });
      if (broken !== undefined) throw broken;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, openSome));
  return null;
};
