import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Whether a program can be run here. */
export const isInstalled = (program: string): boolean =>
  spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

/** A real client as a process of its own; what it prints is heard line by line. Disposed, it is killed. */
export class Program implements Disposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  /** `command` is a program and its arguments, parted by spaces. */
  constructor(command: string) {
    const [program = '', ...args] = command.split(' ');
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    // One that ended by itself is not heard any more.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  say(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Says no more. */
  end(): void {
    this.#child.stdin.end();
  }

  /** The next line; undefined once it has ended. */
  async hear(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next();
    return done ? undefined : value;
  }

  break(): void {
    this.#child.kill('SIGKILL');
  }

  [Symbol.dispose](): void {
    this.break();
  }
}
