import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const services = join(import.meta.dirname, '../..');

/** A service that runs as a process of its own. */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly log: string[];

  constructor(child: ChildProcess, log: string[]) {
    this.#child = child;
    this.log = log;
  }

  /** The URL it logged that it listens at. */
  get url(): string {
    const listening = this.log.find((line) => line.includes('listening on'));
    return /http:\/\/[\d.:]+/.exec(listening ?? '')?.[0] ?? '';
  }

  /** Asks it to stop; the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill(signal);
      await exited;
    }
    return this.#child.exitCode;
  }
}

/** Starts a service and waits until it is ready. */
export const start = async (
  service: string,
  environment: Readonly<Record<string, string>>,
): Promise<Program> => {
  const child = spawn(process.execPath, [join(services, service, 'src/main.ts')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const log: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      if (JSON.parse(line).msg === 'ready') resolve();
    });
    child.on('exit', () => reject(new Error(`${service} ended: ${log.join('\n')}`)));
  });
  await ready;
  return new Program(child, log);
};
