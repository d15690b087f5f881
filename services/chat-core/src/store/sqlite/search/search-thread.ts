import { Worker } from 'node:worker_threads';
import type { Hits, Search } from '../../search/searching.ts';

/** What the index's thread is asked. */
export type Asked =
  | { readonly type: 'search'; readonly id: number; readonly search: Search }
  | { readonly type: 'trimmed'; readonly rooms: readonly string[] }
  | { readonly type: 'close' };

/** What it answers, and how many events it has still to take in when that changes. */
export type Told =
  | { readonly waiting: number }
  | ({ readonly id: number } & Hits)
  | { readonly id: number; readonly error: string };

type Waiting = PromiseWithResolvers<Hits>;

/**
 * The index, in a thread of its own: neither indexing nor a search holds up a message. A thread that
 * fails is begun anew by the next search; the log loses nothing by it.
 */
export class SearchThread implements AsyncDisposable {
  readonly #data: { readonly logFile: string; readonly file: string; readonly epoch: string };
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #ids = 0;
  /** Events that it had still to take in when it last looked. */
  waiting = 0;

  constructor(data: { readonly logFile: string; readonly file: string; readonly epoch: string }) {
    this.#data = data;
    this.#start();
  }

  find(search: Search): Promise<Hits> {
    const worker = this.#worker ?? this.#start();
    const id = this.#ids++;
    const waiting = Promise.withResolvers<Hits>();
    this.#waiting.set(id, waiting);
    worker.postMessage({ type: 'search', id, search } satisfies Asked);
    return waiting.promise;
  }

  /** The beginnings of rooms are gone from the log. A thread that isn't there forgets them when they are trimmed next. */
  trimmed(rooms: readonly string[]): void {
    this.#worker?.postMessage({ type: 'trimmed', rooms } satisfies Asked);
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
      if ('waiting' in told) {
        this.waiting = told.waiting;
        return;
      }
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
