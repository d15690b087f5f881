import { setImmediate as turn } from 'node:timers/promises';
import type { Envelope, Outcome } from '@partyline/protocol';
import type { Grant } from '../people/bot.ts';
import type { Heard, Peers } from '../store/peers.ts';
import type { Store } from '../store/port.ts';
import { type Decision, decide } from './decide.ts';
import type { Effect } from './effect.ts';
import { load } from './load.ts';
import type { Rules } from './rules.ts';
import { scopeOf } from './scope.ts';
import { effectsOf, taleOf } from './tale.ts';
import { type Terms, type Withheld, withheldBy } from './terms.ts';
import type { Answer, Task, TaskAnswers, Work } from './work.ts';

/** Works that one transaction takes at most; bounds how long a commit holds everybody up. */
const BATCH_WORKS = 2_000;

/** A request could not be made durable; nothing of it was told to anybody. Trying again may help. */
export class LineUnavailable extends Error {
  override readonly name = 'LineUnavailable';
}

/** Works that came in one request, and are answered together. */
type Request = {
  readonly answers: (Answer | Withheld)[];
  waiting: number;
  failed: boolean;
  readonly resolve: (answers: readonly (Answer | Withheld)[]) => void;
  readonly reject: (error: unknown) => void;
};
type Item = { readonly work: Work; readonly terms?: Terms; readonly request: Request };

/** A batch of this chat-core that was written. */
export type Committed = { readonly works: number; readonly seconds: number };

/** What a line tells of its batches. */
export interface LineWatch {
  committed(decision: Decision, seconds: number): void;
  failed(error: unknown, works: number): void;
}

export type LineOptions = {
  readonly store: Store;
  readonly rules: Rules;
  readonly now: () => number;
  /** Instances with a stream. */
  readonly attached: ReadonlySet<string>;
  /** Told of each batch once it is durable, in commit order; other chat-cores' too, without `batch`. */
  readonly deliver: (effects: readonly Effect[], batch?: Committed) => void;
  /** Something of other chat-cores' batches may have been missed. */
  readonly onGap?: () => void;
  readonly watch: LineWatch;
};

/** The one order of everything that happens. */
export interface Line extends AsyncDisposable {
  /** The answers when all of it is durable. Rejects with LineUnavailable. With a grant, a bot publishes. */
  publish(by: string, envelopes: readonly Envelope[], grant?: Grant): Promise<readonly Outcome[]>;
  run<T extends Task>(task: T): Promise<TaskAnswers[T['type']]>;
  /** The same of what an operator asks for. */
  order(work: Work, terms: Terms): Promise<Answer | Withheld>;
  /** Other chat-cores may have told something. */
  hear(): void;
  /** Works that wait for their transaction, or are in one. */
  readonly waiting: number;
}

const isAlone = ({ work, terms }: Item): boolean => work.type !== 'publish' || terms !== undefined;

/** The next batch: what has to be alone, or publishes up to that. */
const nextBatch = (queue: readonly Item[]): number => {
  const [first] = queue;
  if (first === undefined || isAlone(first)) return Math.min(1, queue.length);
  const end = queue.findIndex((it, index) => isAlone(it) || index === BATCH_WORKS);
  return end === -1 ? queue.length : end;
};

/**
 * Group commit: what comes while one batch is being written is the next batch, so that batches grow
 * with the load and a single publish waits for nothing. Disposed, it finishes what it has.
 */
export const createLine = (options: LineOptions): Line => {
  const { store, rules, now, attached, deliver, onGap, watch } = options;
  let queue: Item[] = [];
  let running: Promise<void> | undefined;
  let isToHear = false;

  /** Takes in what others told, of which this core's next batch may depend. */
  const takeIn = async (peers: Pick<Peers, 'hear'>): Promise<Heard> => {
    for (;;) {
      const heard = await peers.hear();
      const effects = await effectsOf(heard.texts, store.read.events);
      if (heard.isGap) onGap?.();
      heard.take();
      if (effects.length > 0) deliver(effects);
      if (!heard.isMore) return heard;
    }
  };

  const commit = (works: readonly Work[], terms?: Terms): Promise<Decision | Withheld> =>
    store.write(
      async (tx) => {
        const hearing = tx.peers && takeIn(tx.peers);
        const startedAt = now();
        const timing = { rules, now: async () => (await hearing)?.now ?? startedAt };
        // What is read beside the transaction is what it depends on once it has been answered.
        const withhold = async (): Promise<Withheld | undefined> => {
          const at = await timing.now();
          return terms && withheldBy(terms, (key) => store.read.answer(key, at));
        };
        const [heard, withheld, loaded] = await Promise.all([
          hearing,
          withhold(),
          load(tx, works, timing),
        ]);
        if (withheld !== undefined) return withheld;
        const at = heard?.now ?? startedAt;
        const circumstances = {
          ...{ now: at, epoch: store.epoch, rules },
          ...(terms !== undefined && { token: terms.token }),
          attached: heard === undefined ? attached : attached.union(new Set(heard.attached)),
        };
        const decision = decide(loaded, works, circumstances);
        const { changes, effects } = decision;
        if (changes !== undefined) await tx.apply(changes);
        const [answer] = decision.answers;
        const kept = terms?.once?.keep(answer);
        if (kept !== undefined) await tx.keep(kept, at);
        const tale = tx.peers && taleOf(effects, changes !== undefined);
        if (tale !== undefined) await tx.peers?.tell(tale);
        return decision;
      },
      store.peers && terms === undefined ? scopeOf(works) : undefined,
    );

  const answer = ({ request }: Item, it: Answer | Withheld): void => {
    request.answers.push(it);
    request.waiting -= 1;
    if (request.waiting === 0) request.resolve(request.answers);
  };

  const fail = (items: readonly Item[], error: unknown): void => {
    const unavailable = new LineUnavailable('The batch could not be written.', { cause: error });
    for (const { request } of items) {
      request.failed = true;
      request.reject(unavailable);
    }
    // What is left of these requests comes again with them: in the order that they had.
    queue = queue.filter((it) => !it.request.failed);
  };

  const step = async (): Promise<void> => {
    const items = queue.slice(0, nextBatch(queue));
    const startedAt = performance.now();
    let decision: Decision | Withheld;
    try {
      decision = await commit(
        items.map((it) => it.work),
        items[0]?.terms,
      );
    } catch (error) {
      queue.splice(0, items.length);
      fail(items, error);
      watch.failed(error, items.length);
      return;
    }
    if ('type' in decision) {
      const [item] = queue.splice(0, 1);
      if (item !== undefined) answer(item, decision);
      return;
    }
    queue.splice(0, decision.answers.length);
    const seconds = (performance.now() - startedAt) / 1_000;
    watch.committed(decision, seconds);
    deliver(decision.effects, { works: decision.answers.length, seconds });
    for (const [index, it] of decision.answers.entries()) {
      const item = items[index];
      if (item !== undefined) answer(item, it);
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0 || isToHear) {
      // The sockets' turn: what they bring is part of this batch.
      await turn();
      isToHear = false;
      if (queue.length > 0) await step();
      // What is not heard now is heard with the next batch.
      else if (store.peers !== undefined) await takeIn(store.peers).catch(() => {});
    }
    running = undefined;
  };

  const submit = (
    works: readonly Work[],
    terms?: Terms,
  ): Promise<readonly (Answer | Withheld)[]> => {
    if (works.length === 0) return Promise.resolve([]);
    const { promise, resolve, reject } = Promise.withResolvers<readonly (Answer | Withheld)[]>();
    const request: Request = {
      ...{ answers: [], waiting: works.length, failed: false, resolve, reject },
    };
    for (const work of works) queue.push({ work, request, ...(terms !== undefined && { terms }) });
    running ??= drain();
    return promise;
  };

  return {
    get waiting() {
      return queue.length;
    },
    publish: async (by, envelopes, grant) => {
      const whose = grant === undefined ? {} : { grant };
      const works = envelopes.map(
        (envelope) => ({ type: 'publish', by, envelope, ...whose }) as const,
      );
      return (await submit(works)) as readonly Outcome[];
    },
    run: async <T extends Task>(task: T) => {
      const [it] = await submit([task]);
      return it as TaskAnswers[T['type']];
    },
    order: async (work, terms) => {
      const [it] = await submit([work], terms);
      return it;
    },
    hear: () => {
      isToHear = true;
      running ??= drain();
    },
    [Symbol.asyncDispose]: async () => {
      while (running !== undefined) await running;
    },
  };
};
