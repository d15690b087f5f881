import { Worker } from 'node:worker_threads';
import type { Hits, Search } from '../../search/searching.ts';

/** What the index's thread is asked. */
export type Asked =
  | { readonly type: 'search'; readonly id: number; readonly search: Search }
  | { readonly type: 'waiting'; readonly id: number }
  | { readonly type: 'close' };

/** What it answers. */
export type Told =
  | ({ readonly id: number } & Hits)
  | { readonly id: number; readonly waiting: number }
  | { readonly id: number; readonly error: string };

type Answer = Exclude<Told, { readonly error: string }>;
type Waiting = PromiseWithResolvers<Answer>;

/**
 * The index, in a thread of its own: neither indexing nor a search holds up a message. A thread that
 * fails is begun anew by the next search; the log loses nothing by it.
 */
export class SearchThread implements AsyncDisposable {
  readonly #data: { readonly logFile: string; readonly file: string; readonly epoch: string };
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #ids = 0;

  constructor(data: { readonly logFile: string; readonly file: string; readonly epoch: string }) {
    this.#data = data;
    this.#start();
  }

  async find(search: Search): Promise<Hits> {
    return (await this.#ask((id) => ({ type: 'search', id, search }))) as Answer & Hits;
  }

  /** Events that are still to be taken in. */
  async waiting(): Promise<number> {
    const told = await this.#ask((id) => ({ type: 'waiting', id }));
    return 'waiting' in told ? told.waiting : 0;
  }

  #ask(asked: (id: number) => Asked): Promise<Answer> {
    const worker = this.#worker ?? this.#start();
    const id = this.#ids++;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(id, waiting);
    worker.postMessage(asked(id));
    return waiting.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    worker.ref();
    // Not `once`, which rejects when the thread fails on its way out.
    const exit = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ type: 'close' } satisfies Asked);
    await exit;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: this.#data });
    this.#worker = worker;
    worker.unref();
    let cause: unknown;
    worker.on('message', (told: Told) => {
      const waiting = this.#waiting.get(told.id);
      this.#waiting.delete(told.id);
      if ('error' in told) waiting?.reject(new Error(told.error));
      else waiting?.resolve(told);
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      for (const it of this.#waiting.values())
        it.reject(new Error('The search index failed', { cause }));
      this.#waiting.clear();
    });
    return worker;
  }
}
