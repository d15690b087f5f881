import type { GatewayTotals, InstanceReport, SlowReader, Vitals } from '@partyline/protocol';
import type { Log } from '@partyline/service';
import type { Streams } from '../bus/streams.ts';
import type { After } from '../line/timer.ts';
import type { Peers } from '../store/peers.ts';
import type { Measures } from './measures.ts';
import { type Counted, ratesOf } from './rates.ts';
import type { CoreStatus, Reported } from './shape.ts';

/** How often a core tells the others what is on its board. */
export const POST_MS = 2_000;

/** An instance whose stream is at a core, and what it told there. */
export type Posted = {
  readonly instance: string;
  readonly report?: Reported;
  readonly slowest: readonly SlowReader[];
  readonly stallMs: number;
};

/** What one core knows of itself and of the instances whose stream is at it. */
export type BoardText = {
  readonly core: CoreStatus;
  readonly online: number;
  readonly instances: readonly Posted[];
};

export type BoardParts = {
  /** The id of this process. */
  readonly core: string;
  readonly vitals: () => Vitals;
  readonly measures: Measures;
  readonly streams: Pick<Streams, 'attached' | 'queued'>;
  readonly peers: Pick<Peers, 'post'> | undefined;
  readonly now: () => number;
  readonly after: After;
  readonly log: Log;
};

type Told = {
  readonly posted: Posted;
  readonly counted: Counted<keyof GatewayTotals> | undefined;
};

/**
 * The status of this core and its instances, as they tell it again and again. It is kept in memory;
 * where there are several cores, each posts its own in the database, for whichever is asked.
 */
export class Board implements AsyncDisposable {
  readonly #parts: BoardParts;
  readonly #told = new Map<string, Told>();
  #counted: Counted<'publishes' | 'events' | 'batches'> | undefined;
  #rates: CoreStatus['perSecond'] = { publishes: 0, events: 0, batches: 0 };
  #posting = Promise.resolve();
  #cancel: () => void = () => {};
  #isOver = false;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#plan();
  }

  /** An instance told how it is. False when its stream is not here. */
  take(instance: string, { vitals, gateway, delivery }: InstanceReport): boolean {
    const { streams, now } = this.#parts;
    if (!streams.attached.has(instance)) return false;
    const counted = gateway && { uptimeMs: vitals.uptimeMs, totals: gateway.totals };
    const clients = gateway &&
      counted && {
        ...{ connections: gateway.connections, sessions: gateway.sessions },
        ...{ queuedBytes: gateway.queuedBytes, slow: gateway.slow },
        perSecond: ratesOf(this.#told.get(instance)?.counted, counted),
      };
    this.#told.set(instance, {
      counted,
      posted: {
        instance,
        report: {
          ...{ ...vitals, at: now() },
          ...(clients !== undefined && { clients }),
          ...(delivery !== undefined && { delivery }),
        },
        slowest: gateway?.slowest ?? [],
        stallMs: gateway?.stallMs ?? 0,
      },
    });
    return true;
  }

  /** What is on it now. */
  read(): BoardText {
    const { core, vitals, measures, streams, now } = this.#parts;
    const { attached } = streams;
    for (const instance of this.#told.keys())
      if (!attached.has(instance)) this.#told.delete(instance);
    const commit = measures.commits();
    return {
      core: {
        ...{ core, ...vitals(), at: now(), perSecond: this.#rates },
        ...(commit !== undefined && { commit }),
        ...{
          streams: attached.size,
          streamBytes: streams.queued().reduce((sum, it) => sum + it, 0),
        },
      },
      online: measures.online,
      instances: [...attached].map(
        (instance) => this.#told.get(instance)?.posted ?? { instance, slowest: [], stallMs: 0 },
      ),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#cancel();
    await this.#posting;
  }

  #plan(): void {
    if (this.#isOver) return;
    this.#cancel = this.#parts.after(POST_MS, () => {
      this.#count();
      this.#posting = this.#post().then(() => this.#plan());
    });
  }

  #count(): void {
    const { vitals, measures } = this.#parts;
    const counted = { uptimeMs: vitals().uptimeMs, totals: { ...measures.totals } };
    this.#rates = ratesOf(this.#counted, counted);
    this.#counted = counted;
  }

  async #post(): Promise<void> {
    const { peers, log } = this.#parts;
    try {
      await peers?.post(JSON.stringify(this.read()));
    } catch (error) {
      log.debug({ err: error }, 'other chat-cores could not be told how this one is');
    }
  }
}
