import { setImmediate as turnEnd } from 'node:timers/promises';
import { type Envelope, limits, type Outcome, type Problem, toLine } from '@partyline/protocol';
import { backoffMs, HOPELESS_MS, type Sleep } from './backoff.ts';
import type { Log } from './log.ts';
import { readOutcomes } from './outcomes.ts';
import type { Waiting as Backlog, BusWatch } from './watch.ts';

/** What came of sending one batch. */
export type Sent =
  | { readonly type: 'answered'; readonly outcomes: string }
  /** The batch is not a publish as the bus wants it. */
  | { readonly type: 'rejected'; readonly problem: Problem }
  /** The instance is not known: it must say hello again first. */
  | { readonly type: 'forgotten' }
  /** Nobody knows what became of the batch. */
  | { readonly type: 'away'; readonly cause: unknown }
  /** Trying again won't help before somebody changes something. */
  | { readonly type: 'hopeless'; readonly problem: Problem };

export type PublisherOptions = {
  /** Sends a batch of envelopes, a line each. */
  readonly send: (ndjson: string, signal: AbortSignal) => Promise<Sent>;
  /** Has hello said again. */
  readonly sayHello: () => void;
  readonly log: Log;
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly watch?: Pick<BusWatch, 'sent' | 'published'>;
};

type Waiting = {
  readonly id: string;
  readonly line: string;
  readonly bytes: number;
  /** Milliseconds of a clock that doesn't go back. */
  readonly since: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
};

/** More than this waiting is congestion, until half of it is left. */
const WAITING_ENVELOPES = 10_000;
const WAITING_BYTES = 16 * 1024 * 1024;

/**
 * Publishes envelopes in batches, one batch at a time: what comes while one is under way is the
 * next, so batches grow with the load, and order is kept. A batch is sent again, with the same
 * ids, until every envelope of it has its outcome.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #closed = new AbortController();
  #wakened = new AbortController();
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #waiting = 0;
  #waitingBytes = 0;
  #whenClear: PromiseWithResolvers<void> | undefined;
  #isOpen = true;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  get congested(): boolean {
    return this.#whenClear !== undefined;
  }

  /** What has no outcome yet. */
  get waiting(): Backlog {
    return { publishes: this.#waiting, bytes: this.#waitingBytes, congested: this.congested };
  }

  whenClear(): Promise<void> {
    return this.#whenClear?.promise ?? Promise.resolve();
  }

  /** Resolves with the outcome, however long it takes; rejected only when the publisher is closed. */
  publish(envelope: Envelope): Promise<Outcome> {
    if (!this.#isOpen) return Promise.reject(busClosed());
    const line = toLine(envelope);
    const bytes = Buffer.byteLength(line);
    return new Promise((resolve, reject) => {
      const since = performance.now();
      this.#queue.push({ id: envelope.id, line, bytes, since, resolve, reject });
      this.#waiting += 1;
      this.#waitingBytes += bytes;
      if (this.#waiting > WAITING_ENVELOPES || this.#waitingBytes > WAITING_BYTES)
        this.#whenClear ??= Promise.withResolvers();
      this.#running ??= this.#run();
    });
  }

  /** Waits no longer before it tries again: the bus is back. */
  wake(): void {
    this.#wakened.abort();
    this.#wakened = new AbortController();
  }

  /** Takes nothing more in; resolved when all that waits has its outcome, or was rejected after `ms`. */
  async close(ms: number): Promise<void> {
    this.#isOpen = false;
    const timer = setTimeout(() => this.#closed.abort(), ms);
    await this.#running;
    clearTimeout(timer);
    this.#closed.abort();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // What the other connections bring in this turn is part of the batch.
      await turnEnd();
      await this.#deliver(this.#nextBatch());
    }
    this.#running = undefined;
  }

  #nextBatch(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const it of this.#queue) {
      bytes += it.bytes;
      if (count > 0 && (count === limits.batchEnvelopes || bytes > limits.batchBytes)) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #deliver(batch: readonly Waiting[]): Promise<void> {
    const { send, sayHello, log, random, sleep, watch } = this.#options;
    const { signal } = this.#closed;
    let left = batch;
    for (let tries = 1; left.length > 0; tries += 1) {
      if (signal.aborted) return this.#abandon(left);
      const sent = await send(left.map((it) => it.line).join(''), signal);
      watch?.sent(sent.type);
      if (sent.type === 'rejected') return this.#deliverHalves(left, sent.problem);
      if (sent.type === 'forgotten') sayHello();
      if (sent.type === 'away') log.debug({ err: sent.cause, tries }, 'a batch is sent again');
      if (sent.type === 'hopeless') log.error({ problem: sent.problem }, 'the bus refuses a batch');
      if (sent.type === 'answered') left = this.#settle(left, sent.outcomes);
      if (left.length > 0)
        await sleep(
          sent.type === 'hopeless' ? HOPELESS_MS : backoffMs(tries, random),
          AbortSignal.any([signal, this.#wakened.signal]),
        );
    }
    if (batch[0] !== undefined) watch?.published((performance.now() - batch[0].since) / 1_000);
  }

  /** Finds out which envelope it is that the bus rejects a whole batch for. */
  async #deliverHalves(batch: readonly Waiting[], problem: Problem): Promise<void> {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      this.#options.log.error({ id: first.id, problem }, 'the bus rejects an envelope');
      this.#finish(first).resolve({ id: first.id, type: 'refused', problem });
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await this.#deliver(batch.slice(0, half));
    await this.#deliver(batch.slice(half));
  }

  /** Returns those that have no outcome yet. */
  #settle(batch: readonly Waiting[], text: string): readonly Waiting[] {
    const outcomes = readOutcomes(
      text,
      batch.map((it) => it.id),
    );
    if (outcomes === undefined) {
      this.#options.log.warn(
        { envelopes: batch.length },
        'the outcomes are not those of the batch',
      );
      return batch;
    }
    const forgotten: Waiting[] = [];
    batch.forEach((it, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) return;
      if (outcome.type === 'refused' && outcome.problem.code === 'instance-unknown')
        forgotten.push(it);
      else this.#finish(it).resolve(outcome);
    });
    if (forgotten.length > 0) this.#options.sayHello();
    return forgotten;
  }

  #abandon(batch: readonly Waiting[]): void {
    for (const it of batch) this.#finish(it).reject(busClosed());
  }

  #finish(it: Waiting): Waiting {
    this.#waiting -= 1;
    this.#waitingBytes -= it.bytes;
    if (this.#waiting <= WAITING_ENVELOPES / 2 && this.#waitingBytes <= WAITING_BYTES / 2) {
      this.#whenClear?.resolve();
      this.#whenClear = undefined;
    }
    return it;
  }
}

const busClosed = (): Error => new Error('The bus is closed');
