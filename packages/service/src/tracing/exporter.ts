import type { Log } from '../log.ts';
import { type Attributes, exportRequest, rejectedSpans, type Span } from './otlp.ts';

/** Spans that wait at most; more are dropped, the newest. */
const QUEUE_SPANS = 8_192;
/** Spans of one request. */
const BATCH_SPANS = 512;
const EVERY_MS = 2_000;
const ANSWER_MS = 10_000;
/** Times that a batch is sent. */
const TRIES = 5;
const FIRST_WAIT_MS = 1_000;
/** Nobody is waited for longer, whatever they say. */
const MOST_WAIT_MS = 30_000;
/** How long a stop waits for what is left to be sent. */
const STOP_MS = 1_000;

/** Answers after which a batch may be sent again (https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes). */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export type ExporterOptions = {
  /** Where spans are posted. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: Attributes;
  readonly log: Pick<Log, 'warn' | 'info'>;
  readonly onDone: (outcome: 'exported' | 'dropped', spans: number) => void;
  /** Waits; returns early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random?: () => number;
};

/** What came of sending a batch once. */
type Sent =
  | { readonly type: 'taken'; readonly rejected: number }
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'later'; readonly why: string; readonly waitMs: number };

/**
 * Sends spans to a collector, by OTLP over HTTP in JSON. Whoever records a span never waits: when
 * the collector is slow or away, spans are dropped and counted. Disposed, it sends what is left.
 */
export class Exporter implements AsyncDisposable {
  readonly #options: ExporterOptions;
  readonly #stopping = new AbortController();
  readonly #cut = new AbortController();
  /** Aborted when there is a whole batch, for which nobody waits longer. */
  #filled = new AbortController();
  #queue: Span[] = [];
  #running: Promise<void> | undefined;
  #isWell = true;

  constructor(options: ExporterOptions) {
    this.#options = options;
  }

  /** Spans that wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  add(span: Span): void {
    if (this.#queue.length >= QUEUE_SPANS || this.#stopping.signal.aborted) {
      this.#options.onDone('dropped', 1);
      return;
    }
    this.#queue.push(span);
    if (this.#queue.length === BATCH_SPANS) this.#filled.abort();
    this.#running ??= this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    const timer = setTimeout(() => this.#cut.abort(), STOP_MS);
    await this.#running;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    const { sleep } = this.#options;
    while (this.#queue.length > 0) {
      if (this.#queue.length < BATCH_SPANS) {
        this.#filled = new AbortController();
        await sleep(EVERY_MS, AbortSignal.any([this.#stopping.signal, this.#filled.signal]));
      }
      await this.#deliver(this.#queue.splice(0, BATCH_SPANS));
    }
    this.#running = undefined;
  }

  async #deliver(batch: readonly Span[]): Promise<void> {
    const { resource, onDone, sleep } = this.#options;
    const body = exportRequest(resource, batch);
    for (let tries = 1; ; tries += 1) {
      const sent = await this.#send(body, tries);
      if (sent.type === 'taken') {
        this.#tell(true, 'spans are taken again');
        onDone('exported', batch.length - sent.rejected);
        if (sent.rejected > 0) onDone('dropped', sent.rejected);
        return;
      }
      this.#tell(false, sent.why);
      if (sent.type === 'refused' || tries === TRIES || this.#stopping.signal.aborted) {
        onDone('dropped', batch.length);
        return;
      }
      await sleep(sent.waitMs, this.#stopping.signal);
    }
  }

  async #send(body: string, tries: number): Promise<Sent> {
    const { url, headers, random = Math.random } = this.#options;
    const backoffMs = FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + random());
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        redirect: 'error',
        signal: AbortSignal.any([this.#cut.signal, AbortSignal.timeout(ANSWER_MS)]),
      });
      const text = await answer.text();
      if (answer.ok) return { type: 'taken', rejected: rejectedSpans(text) };
      const why = `the collector answered ${answer.status}`;
      if (!passing.has(answer.status)) return { type: 'refused', why };
      const asked = Number(answer.headers.get('retry-after')) * 1_000;
      return { type: 'later', why, waitMs: Math.min(asked > 0 ? asked : backoffMs, MOST_WAIT_MS) };
    } catch (error) {
      const { message, cause } = error as Error;
      return {
        type: 'later',
        why: cause instanceof Error ? cause.message : message,
        waitMs: backoffMs,
      };
    }
  }

  /** Says so when the collector is away, and when it is back; once each. */
  #tell(isWell: boolean, why: string): void {
    if (isWell === this.#isWell) return;
    this.#isWell = isWell;
    const { log, url } = this.#options;
    if (isWell) log.info({ url }, why);
    else log.warn({ url, why }, 'spans can not be sent');
  }
}
