import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { promisify } from 'node:util';

const LOOK_AGAIN_MS = 100;
/** Bounds how long is waited for on a busy machine, so that what was shown instead is told. */
const PATIENCE_MS = 50_000;

/** Whether tmux is here to stand in for a person's terminal. */
export const hasTmux = (): boolean => {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A real terminal, run by tmux, in which a command runs. */
export class Tmux implements AsyncDisposable {
  readonly #socket = `partyline-${randomUUID()}`;

  /** Starts a shell command in a terminal of its own. */
  static async start(
    command: string,
    environment: Readonly<Record<string, string>>,
    size = { columns: 100, rows: 24 },
  ): Promise<Tmux> {
    const tmux = new Tmux();
    const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    await tmux.#run(
      ...['-f', '/dev/null', 'new-session', '-d', '-x', `${size.columns}`, '-y', `${size.rows}`],
      ...['env', '-i', ...settings, 'sh', '-c', command],
      // What it left is looked at after it ended too.
      ...[';', 'set-option', 'remain-on-exit', 'on'],
    );
    return tmux;
  }

  /** What is on the screen, without the spaces at the ends of lines. */
  screen(): Promise<string> {
    return this.#run('capture-pane', '-p');
  }

  /** Resolved with the screen once it shows this. */
  async shows(what: string | RegExp): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const screen = await this.screen();
      if (typeof what === 'string' ? screen.includes(what) : what.test(screen)) return screen;
      if (Date.now() > until) throw new Error(`it shows no ${what}, but:\n${screen}`);
      await pass(LOOK_AGAIN_MS);
    }
  }

  /** Resolved once the command has ended. */
  async ended(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while ((await this.value('#{pane_dead}')) !== '1') {
      if (Date.now() > until) throw new Error(`it goes on:\n${await this.screen()}`);
      await pass(LOOK_AGAIN_MS);
    }
  }

  /** Presses keys, by tmux's names for them. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#run('send-keys', ...keys);
  }

  /** Types a text as it stands. */
  async type(text: string): Promise<void> {
    await this.#run('send-keys', '-l', text);
  }

  /** Pastes as a terminal does for programs that asked to be told. */
  async paste(text: string): Promise<void> {
    await this.#run('set-buffer', text, ';', 'paste-buffer', '-p');
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#run('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** A value of tmux, as its format language names it. */
  async value(format: string): Promise<string> {
    return (await this.#run('display-message', '-p', format)).trim();
  }

  async #run(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('tmux', ['-L', this.#socket, ...args]);
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run('kill-server').catch(() => {});
  }
}
