import type { Hello, HelloAnswer, StreamLine } from '@partyline/protocol';
import { backoffMs, HOPELESS_MS, type Sleep } from './backoff.ts';
import type { Reply } from './http.ts';
import type { Log } from './log.ts';
import { streamLines } from './stream-lines.ts';

export type SubscriberOptions = {
  readonly hello: () => Hello;
  readonly greet: (hello: Hello, signal: AbortSignal) => Promise<Reply<HelloAnswer>>;
  /** Opens the stream; it breaks after `silenceMs` without a byte. */
  readonly open: (silenceMs: number, signal: AbortSignal) => Promise<Reply<AsyncIterable<Buffer>>>;
  /** A hello was heard, and a stream is asked for. */
  readonly onGreeted: (hello: Hello, answer: HelloAnswer) => void;
  /** All complete lines of one chunk; the first of a stream is its welcome. */
  readonly onLines: (lines: readonly StreamLine[]) => void;
  /** The stream that was welcomed broke. */
  readonly onBreak: () => void;
  /** A round ended: another chat-core may be asked in the next. */
  readonly onFailed: () => void;
  readonly log: Log;
  readonly random: () => number;
  readonly sleep: Sleep;
  /** Ends it. */
  readonly signal: AbortSignal;
};

/** Without a byte for so many heartbeats, the stream counts as broken. */
const SILENT_HEARTBEATS = 2.5;

/** Why a round ended; `hopeless` ones are tried again seldom. */
type Break = { readonly cause: unknown; readonly isHopeless: boolean };

/** Keeps an instance attached to the bus: hello, stream, and both again after every break. */
export class Subscriber {
  readonly #options: SubscriberOptions;
  #round = new AbortController();
  #isKnown = false;
  #failures = 0;
  #isUp = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** Whether the bus heard our hello, as far as we know. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** The bus doesn't know the instance (any more): says hello again, unless that is under way. */
  sayHello(): void {
    if (!this.#isUp) return;
    this.#isKnown = false;
    this.#round.abort(new Error('the bus does not know this instance any more'));
  }

  /** Stays attached until the signal ends it. */
  async run(): Promise<void> {
    const { log, random, sleep, signal } = this.#options;
    // So that whoever made the subscriber is done with making what it calls.
    await Promise.resolve();
    while (!signal.aborted) {
      this.#round = new AbortController();
      const { cause, isHopeless } = await this.#attach(
        AbortSignal.any([signal, this.#round.signal]),
      );
      if (signal.aborted) return;
      this.#failures += 1;
      const waitMs = isHopeless ? HOPELESS_MS : backoffMs(this.#failures, random);
      const level = isHopeless ? 'error' : this.#failures === 1 ? 'warn' : 'debug';
      log[level]({ err: cause, waitMs }, 'the bus is away');
      if (this.#isUp) {
        this.#isUp = false;
        this.#options.onBreak();
      }
      this.#options.onFailed();
      await sleep(waitMs, signal);
    }
  }

  /** One round: hello, stream, lines until it breaks. */
  async #attach(signal: AbortSignal): Promise<Break> {
    const { greet, open, onGreeted } = this.#options;
    const hello = this.#options.hello();
    const answer = await greet(hello, signal);
    if (answer.type !== 'ok') return breakOf(answer);
    this.#isKnown = true;
    onGreeted(hello, answer.value);
    const stream = await open(answer.value.heartbeatMs * SILENT_HEARTBEATS, signal);
    if (stream.type !== 'ok') return breakOf(stream);
    return { cause: await this.#read(stream.value), isHopeless: false };
  }

  /** Reads until the stream breaks; returns why it did. */
  async #read(stream: AsyncIterable<Buffer>): Promise<unknown> {
    const { log, onLines } = this.#options;
    let cause: unknown;
    for await (const lines of streamLines(stream, (why) => {
      cause = why;
    })) {
      const [first] = lines;
      if (!this.#isUp) {
        if (first?.type !== 'welcome') return new Error('a stream begins with a welcome');
        this.#isUp = true;
        this.#failures = 0;
        log.info({ epoch: first.epoch }, 'the bus is up');
      }
      onLines(lines);
    }
    return cause;
  }
}

const breakOf = (reply: Exclude<Reply<unknown>, { type: 'ok' }>): Break =>
  reply.type === 'away'
    ? { cause: reply.cause, isHopeless: false }
    : { cause: new Error(reply.problem.message), isHopeless: reply.status === 401 };
