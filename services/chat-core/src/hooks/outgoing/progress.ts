import type { Log } from '@partyline/service';
import type { Line } from '../../line/line.ts';
import type { After } from '../../line/timer.ts';
import type { HookReader } from '../../store/hooks/port.ts';
import type { HookCursorRow } from '../../store/hooks/rows.ts';

/** How often what was delivered is written down. A crash repeats at most so much. */
const WRITTEN_MS = 250;

/** How far hooks were told: known at once, written in the line's time, all hooks in one transaction. */
export interface Progress extends AsyncDisposable {
  of(hook: string, room: string): Promise<number>;
  note(hook: string, room: string, seq: number): void;
}

export const createProgress = (parts: {
  readonly line: Line;
  readonly read: HookReader;
  readonly after: After;
  readonly log: Log;
}): Progress => {
  const { line, read, after, log } = parts;
  const unwritten = new Map<string, HookCursorRow>();
  let cancel: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const cursors = [...unwritten.values()];
    if (cursors.length === 0) return;
    try {
      await line.run({ type: 'delivered', cursors });
      for (const it of cursors) {
        const key = `${it.hook}\n${it.room}`;
        if (unwritten.get(key) === it) unwritten.delete(key);
      }
    } catch (error) {
      log.warn({ err: error }, 'could not note what webhooks were told; it is tried again');
    }
  };
  const schedule = (): void => {
    cancel ??= after(WRITTEN_MS, () => {
      writing = write().then(() => {
        cancel = undefined;
        if (unwritten.size > 0) schedule();
      });
    });
  };

  return {
    of: async (hook, room) =>
      unwritten.get(`${hook}\n${room}`)?.seq ?? (await read.cursor(hook, room)),
    note: (hook, room, seq) => {
      unwritten.set(`${hook}\n${room}`, { room, hook, seq });
      schedule();
    },
    [Symbol.asyncDispose]: async () => {
      cancel?.();
      await writing;
      cancel = () => {};
      await write();
    },
  };
};
