import { emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Key } from '../screen/keys.ts';
import type { Size } from '../screen/layout.ts';

/** A terminal taken over whole. */
export interface Terminal extends Disposable {
  readonly size: Size;
  write(text: string): void;
  /** Gives the terminal back while the program is suspended, and takes it again when it goes on. */
  suspend(): void;
}

export type TerminalEvents = {
  key(text: string | undefined, key: Key): void;
  /** What was pasted, whole. */
  pasted(text: string): void;
  /** Its size changed, or it was taken again: everything has to be painted. */
  resized(): void;
};

/** The alternate screen, bracketed paste; no wrapping at the right edge. */
const TAKE = '\u001b[?1049h\u001b[?2004h\u001b[?7l\u001b[2J';
const GIVE_BACK = '\u001b[?2026l\u001b[0m\u001b[?7h\u001b[?2004l\u001b[?25h\u001b[?1049l';
/** Where a terminal doesn't tell its size. */
const USUAL: Size = { columns: 80, rows: 24 };

/** Takes a terminal over; it is given back when this is disposed of, or the process ends in whatever way it can notice. */
export const takeTerminal = (
  stdin: ReadStream,
  stdout: WriteStream,
  events: TerminalEvents,
): Terminal => {
  let pasted: string[] | undefined;

  const key = (text: string | undefined, it: Key): void => {
    if (it.name === 'paste-start') {
      pasted = [];
    } else if (it.name === 'paste-end') {
      const whole = pasted?.join('') ?? '';
      pasted = undefined;
      events.pasted(whole);
    } else if (pasted !== undefined) {
      pasted.push(it.name === 'return' || it.name === 'enter' ? '\n' : (text ?? it.sequence ?? ''));
    } else events.key(text, it);
  };

  const take = (): void => {
    stdin.setRawMode(true);
    stdin.resume();
    stdout.write(TAKE);
  };
  const giveBack = (): void => {
    // After a hangup there is no terminal any more to give back.
    try {
      stdin.setRawMode(false);
      stdout.write(GIVE_BACK);
    } catch {}
    stdin.pause();
  };
  const goOn = (): void => {
    take();
    events.resized();
  };

  emitKeypressEvents(stdin);
  stdin.on('keypress', key);
  stdout.on('resize', events.resized);
  process.on('exit', giveBack);
  // So that what went wrong is told on the screen that stays.
  process.on('uncaughtExceptionMonitor', giveBack);
  take();

  return {
    get size() {
      const { columns, rows } = stdout;
      return columns && rows ? { columns, rows } : USUAL;
    },
    write: (text) => void stdout.write(text),
    suspend: () => {
      giveBack();
      process.once('SIGCONT', goOn);
      // The whole job, as when the terminal's driver does it: a launcher may be part of it.
      process.kill(0, 'SIGTSTP');
    },
    [Symbol.dispose]: () => {
      stdin.off('keypress', key);
      stdout.off('resize', events.resized);
      process.off('exit', giveBack);
      process.off('uncaughtExceptionMonitor', giveBack);
      process.off('SIGCONT', goOn);
      giveBack();
    },
  };
};
