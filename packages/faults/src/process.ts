import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const servicesFolder = fileURLToPath(new URL('../../../services/', import.meta.url));

/** How long a service may take to be ready on a busy machine. */
const READY_MS = 30_000;

/** One service as a process of its own, which can be killed and started again. */
export class ServiceProcess implements AsyncDisposable {
  readonly name: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #output = '';

  /** `env` is the whole of its settings: nothing else of this process's environment reaches it but PATH. */
  constructor(name: string, env: Readonly<Record<string, string>>) {
    this.name = name;
    this.#env = env;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** What it wrote, for when something went wrong. */
  get output(): string {
    return this.#output;
  }

  /** Starts it; resolved when it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [`${servicesFolder}${this.name}/src/main.ts`], {
      env: { PATH: process.env.PATH ?? '', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    const note = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-65_536);
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new Error(`${this.name} ${why}; it wrote:\n${this.#output}`));
      const timer = setTimeout(() => fail('was not ready in time'), READY_MS);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(`ended before it was ready (${signal ?? code})`);
      });
      child.on('message', (message: { type?: string }) => {
        if (message.type !== 'ready') return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** `kill -9`, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.#signal('SIGKILL');
  }

  /** Asks it to stop; resolves to its exit code. */
  async stop(): Promise<number | null> {
    return this.#signal('SIGTERM');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#signal('SIGKILL');
  }

  async #signal(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  }
}
