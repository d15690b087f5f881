import { ServiceProcess } from '@partyline/service/testing';

const services = new URL('../../../services/', import.meta.url);

/** One service of a system: a process that can be killed, and started again with the same settings. */
export class SystemProcess implements AsyncDisposable {
  readonly #program: URL;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #through: readonly string[];
  #process: ServiceProcess | undefined;

  /** `through` is a command that runs it, with its arguments: `ip netns exec lab`. */
  constructor(
    name: string,
    settings: Readonly<Record<string, string>>,
    through: readonly string[] = [],
  ) {
    this.#program = new URL(`${name}/src/main.ts`, services);
    this.#settings = settings;
    this.#through = through;
  }

  get pid(): number {
    return this.#process?.child.pid ?? 0;
  }

  /** Resolved when it is ready. It runs with its settings, but for those given. */
  async start(others: Readonly<Record<string, string>> = {}): Promise<void> {
    const settings = { ...this.#settings, ...others };
    this.#process = await ServiceProcess.start(this.#program, settings, this.#through);
  }

  /** `kill -9`, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
  }

  /** Asks it to stop; resolves to its exit code. */
  async stop(): Promise<number | null> {
    return this.#process?.stop() ?? null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
