import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How often a screen is looked at. */
const LOOK_MS = 100;
/** A screen that doesn't show something by then never will. */
const PATIENCE_MS = 25_000;

/** What of these programs is not on this machine. */
export const missing = (...programs: readonly string[]): readonly string[] =>
  programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });

/** A program on a terminal of its own, which a test types into and looks at. */
export class Terminal implements Disposable {
  readonly #socket: string;
  /** Where the program may keep things. */
  readonly home: string;

  private constructor(socket: string, home: string) {
    this.#socket = socket;
    this.home = home;
  }

  /** Starts what `command` makes of the folder that is the program's home. */
  static async start(command: (home: string) => readonly string[]): Promise<Terminal> {
    const home = mkdtempSync(join(tmpdir(), 'partyline-terminal-'));
    const terminal = new Terminal(`partyline-${randomBytes(6).toString('hex')}`, home);
    const size = ['-x', '160', '-y', '60'];
    await terminal.#tmux('new-session', '-d', ...size, '-e', 'LANG=C.UTF-8', ...command(home));
    return terminal;
  }

  /** Types a line. */
  async type(line: string): Promise<void> {
    await this.#tmux('send-keys', '-l', line);
    await this.#tmux('send-keys', 'Enter');
  }

  /** What is on the screen, without the blanks behind its lines. */
  async screen(): Promise<string> {
    const shown = await this.#tmux('capture-pane', '-p');
    return shown.replace(/ +$/gm, '');
  }

  /** The screen once it shows something. */
  async shows(pattern: RegExp): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const screen = await this.screen();
      if (pattern.test(screen)) return screen;
      if (Date.now() > until) throw new Error(`no ${pattern} on the screen:\n${screen}`);
      await sleep(LOOK_MS);
    }
  }

  [Symbol.dispose](): void {
    try {
      execFileSync('tmux', ['-L', this.#socket, 'kill-server'], { stdio: 'ignore' });
    } catch {
      // Its program has ended by itself, and the terminal with it.
    }
    // A client that was told to quit may still be writing its log.
    rmSync(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  async #tmux(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('tmux', ['-L', this.#socket, '-f', '/dev/null', ...args]);
    return stdout;
  }
}
