import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A line of a service's log. */
export type LogLine = {
  readonly msg: string;
  readonly level: string;
  readonly [field: string]: unknown;
};

/** Types are stripped once for all processes of all tests. */
const compileCache = fileURLToPath(
  new URL('../../../../node_modules/.cache/node', import.meta.url),
);

/** A service as a process of its own, for tests; disposed, it is killed. */
export class ServiceProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  /** What it has logged so far. */
  readonly log: LogLine[] = [];
  /** Its exit code, once it ended and everything it logged is here; null when it was killed. */
  readonly ended: Promise<number | null>;
  readonly #looking = new Set<() => void>();

  /**
   * `environment` is all that it gets of settings. `through` is a command that runs it, with its
   * arguments: `ip netns exec lab`.
   */
  constructor(
    program: URL,
    environment: Readonly<Record<string, string>> = {},
    through: readonly string[] = [],
  ) {
    const [command = '', ...args] = [...through, process.execPath, fileURLToPath(program)];
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      // Supervised, so that it doesn't outlive a test run that was killed.
      env: {
        ...{ PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, PARTYLINE_SUPERVISED: '1' },
        ...environment,
      },
    });
    this.child = child;
    const reader = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> });
    reader.on('line', (line) => {
      this.log.push(JSON.parse(line));
      for (const look of this.#looking) look();
    });
    // Its stdout closes when nobody holds it any more, its own children neither.
    const silent = once(reader, 'close').then(() => {
      for (const look of this.#looking) look();
    });
    const exit = once(child, 'exit').then(([code]) => code);
    this.ended = Promise.all([exit, silent]).then(([code]) => code);
  }

  /** Starts a service; resolved when it is ready. */
  static async start(
    program: URL,
    environment: Readonly<Record<string, string>>,
    through: readonly string[] = [],
  ): Promise<ServiceProcess> {
    const service = new ServiceProcess(program, environment, through);
    await service.logged('ready');
    return service;
  }

  /** The first line that says this, now or later; rejected when it ends without. */
  logged(msg: string | RegExp): Promise<LogLine> {
    const isIt = (line: LogLine): boolean =>
      typeof msg === 'string' ? line.msg === msg : msg.test(line.msg);
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const line = this.log.find(isIt);
        if (line !== undefined) resolve(line);
        else if (this.child.stdout?.readableEnded)
          reject(new Error(`it ended without saying ${msg}: ${JSON.stringify(this.log)}`));
        else return;
        this.#looking.delete(look);
      };
      this.#looking.add(look);
      look();
    });
  }

  /** Asks it to stop; resolves to its exit code. */
  stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
