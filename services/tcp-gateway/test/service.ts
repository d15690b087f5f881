import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

type LogLine = { readonly msg?: string; readonly [field: string]: unknown };

const services = fileURLToPath(new URL('../../', import.meta.url));

/** A service as a process of its own; disposed, it is gone. */
export class Service implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly log: LogLine[] = [];

  private constructor(name: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [`${services}${name}/src/main.ts`], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    this.#exit = once(this.#child, 'exit');
    if (this.#child.stdout !== null)
      createInterface(this.#child.stdout).on('line', (line) => this.log.push(JSON.parse(line)));
  }

  /** Resolved when it says that it is ready; rejected when it ends before. */
  static async start(name: string, env: Readonly<Record<string, string>>): Promise<Service> {
    const service = new Service(name, env);
    const ready = once(service.#child, 'message').then(() => true);
    if (await Promise.race([ready, service.#exit.then(() => false)])) return service;
    throw new Error(`${name} did not start: ${JSON.stringify(service.log)}`);
  }

  /** A service that is expected not to start; resolves to its exit code and the last it said. */
  static async fail(name: string, env: Readonly<Record<string, string>>) {
    await using service = new Service(name, env);
    await service.#exit;
    return { code: service.#child.exitCode, said: service.log.at(-1)?.msg };
  }

  /** Asks it to stop; resolves to its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    await this.#exit;
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }
}
