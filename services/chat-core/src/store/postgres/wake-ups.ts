import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const CHANNEL = 'partyline';
/** How long until a connection that broke is made anew. */
const AGAIN_MS = 500;

/**
 * Tells other cores that there is something to hear, and is told so: by NOTIFY, which carries
 * nothing but who calls. One that is lost is a delay until the next batch or sweep; what there is to
 * hear is read from the table. It is sent after the commit, on a connection of its own: a NOTIFY in
 * a transaction has all commits of the database wait for each other.
 */
export class WakeUps implements AsyncDisposable {
  readonly #config: pg.ClientConfig;
  readonly #core: string;
  readonly #over = new AbortController();
  readonly #running: Promise<void>;
  #client: pg.Client | undefined;
  #wake = (): void => {};
  #sending: Promise<void> | undefined;
  #isToSend = false;

  constructor(config: pg.ClientConfig, core: string) {
    this.#config = config;
    this.#core = core;
    this.#running = this.#run();
  }

  onTold(wake: () => void): void {
    this.#wake = wake;
  }

  /** Wakes the others; those who call while one is on its way share the next. */
  send(): void {
    this.#isToSend = true;
    this.#sending ??= this.#send();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sending;
    this.#over.abort();
    await this.#client?.end().catch(() => {});
    await this.#running;
  }

  async #send(): Promise<void> {
    while (this.#isToSend) {
      this.#isToSend = false;
      await this.#client?.query('select pg_notify($1, $2)', [CHANNEL, this.#core]).catch(() => {});
    }
    this.#sending = undefined;
  }

  async #run(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      await this.#listen().catch(() => {});
      this.#client = undefined;
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** Listens until the connection breaks. */
  async #listen(): Promise<void> {
    const client = new pg.Client(this.#config);
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    client.on('error', () => resolve());
    client.on('end', () => resolve());
    client.on('notification', ({ payload }) => {
      if (payload !== this.#core) this.#wake();
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      if (this.#over.signal.aborted) return;
      this.#client = client;
      // What was told while nobody listened.
      this.#wake();
      await ended;
    } finally {
      await client.end().catch(() => {});
    }
  }
}
