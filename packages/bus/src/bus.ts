import {
  type Envelope,
  type Hello,
  type InstanceReport,
  limits,
  type Outcome,
  type StreamLine,
} from '@partyline/protocol';
import { createApi, type Reads } from './api.ts';
import { type Sleep, systemSleep } from './backoff.ts';
import { Cursors } from './cursors.ts';
import { Filler } from './filler.ts';
import { createHttp } from './http.ts';
import type { Log } from './log.ts';
import { Publisher } from './publisher.ts';
import { Reporter } from './reporter.ts';
import { Subscriber } from './subscriber.ts';
import type { BusWatch } from './watch.ts';

export type BusOptions = {
  /** `unix:/path/bus.sock` or `http://host:7301`; of several chat-cores all, with commas between. */
  readonly url: string;
  readonly token: string;
  /** The instance that is on the bus; unique among all. */
  readonly instance: string;
  readonly log: Log;
  /** What the instance says of itself; asked again after every break. */
  readonly hello: () => Hello;
  /** How it is now; asked every two seconds. */
  readonly report?: () => InstanceReport;
  /** What the stream and the log brought, in order. One chunk of the stream may come in several calls of one turn. */
  readonly onLine: (lines: readonly StreamLine[]) => void;
  readonly onState?: (state: 'up' | 'down') => void;
  readonly watch?: BusWatch;
  /** Told of each publish; what it gives, if anything, is told the outcome. */
  readonly tracePublish?: (envelope: Envelope) => ((outcome: Outcome) => void) | undefined;
  /** Sessions of the hello that chat-core doesn't know any more. */
  readonly onLost: (sessions: readonly string[]) => void;
  /** The log became another one: every cursor has jumped to its room's end in the new one. */
  readonly onReset: (epoch: string) => void;
  /** From 0 to below 1. */
  readonly random?: () => number;
  readonly sleep?: Sleep;
};

/** An instance's way to chat-core. Disposing of it publishes what waits and signs off. */
export interface Bus extends Reads, AsyncDisposable {
  /** Resolves when the outcome is durable; retried, with the same id, until then. Rejected only when the bus is closed. */
  publish(envelope: Envelope): Promise<Outcome>;
  /** More waits than can be sent: read no more from clients until clear. */
  readonly congested: boolean;
  whenClear(): Promise<void>;
  /**
   * From now on the room's events after `cursor` are delivered, in order, each once, holes filled
   * from the log first. A room that is followed already never goes backwards.
   */
  follow(room: string, cursor: number): void;
  unfollow(room: string): void;
  /** The last event of a followed room that was delivered. */
  cursor(room: string): number | undefined;
}

/** How long a stop waits for what was published to be answered. */
const DRAIN_MS = 1_000;
/** How long a stop waits to sign off. */
const SIGN_OFF_MS = 500;

/** Puts an instance on the bus. Nothing that was passed is called before the current code has run. */
export const createBus = (options: BusOptions): Bus => {
  const { instance, log, onLine, onLost, onReset, watch } = options;
  const { random = Math.random, sleep = systemSleep } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const http = createHttp(options.url, options.token, random);
  const api = createApi(http, instance, signal);
  const cursors = new Cursors();

  const filler = new Filler({
    cursors,
    read: ({ room, after }) => api.reads.events(room, { after, limit: limits.pageEvents }),
    deliver: (filled) => onLine(filled.map((event) => ({ type: 'event', event }))),
    ...{ random, sleep, signal },
  });

  const onState = (state: 'up' | 'down'): void => {
    watch?.state(state);
    options.onState?.(state);
  };

  let heads: Readonly<Record<string, number>> = {};
  const take = (lines: readonly StreamLine[]): void => {
    if (watch !== undefined) tellOfEvents(lines, watch);
    let run: StreamLine[] = [];
    for (const line of lines) {
      if (line.type === 'welcome') {
        heads = { ...heads, ...line.heads };
        if (line.more) continue;
        if (cursors.welcome({ ...line, heads })) onReset(line.epoch);
        reporter?.begin();
        onState('up');
        run.push(line);
      } else if (cursors.take(line)) run.push(line);
      // Whoever takes such a line follows rooms or lets them go, and must find the cursors where
      // they were at that line.
      if (line.type === 'entered' || line.type === 'removed' || line.type === 'ended') {
        onLine(run);
        run = [];
      }
    }
    if (run.length > 0) onLine(run);
    filler.pump();
  };

  const { report } = options;
  const reporter = report && new Reporter({ report, send: api.report, sleep, log });

  const subscriber = new Subscriber({
    hello: options.hello,
    greet: api.greet,
    open: api.subscribe,
    onGreeted: (hello, { ended }) => {
      cursors.attach(hello.rooms);
      heads = {};
      publisher.wake();
      if (ended.length > 0) onLost(ended);
    },
    onLines: take,
    onBreak: () => {
      cursors.detach();
      reporter?.end();
      onState('down');
    },
    onFailed: () => http.move(),
    ...{ log, random, sleep, signal },
  });

  const publisher = new Publisher({
    send: async (ndjson, closed) =>
      subscriber.isKnown
        ? api.publish(ndjson, closed)
        : { type: 'away', cause: 'no hello was heard yet' },
    sayHello: () => subscriber.sayHello(),
    ...{ log, random, sleep, ...(watch !== undefined && { watch }) },
  });
  watch?.waiting(() => publisher.waiting);

  const subscribed = subscriber.run();

  return {
    ...api.reads,
    publish: (envelope) => {
      const traced = options.tracePublish?.(envelope);
      const outcome = publisher.publish(envelope);
      if (traced !== undefined) outcome.then(traced, () => {});
      return outcome;
    },
    get congested() {
      return publisher.congested;
    },
    whenClear: () => publisher.whenClear(),
    follow: (room, cursor) => {
      cursors.follow(room, cursor);
      filler.pump();
    },
    unfollow: (room) => cursors.unfollow(room),
    cursor: (room) => cursors.cursor(room),
    [Symbol.asyncDispose]: async () => {
      await publisher.close(DRAIN_MS);
      closing.abort(new Error('The bus is closed'));
      reporter?.end();
      await subscribed;
      await api.signOff(AbortSignal.timeout(SIGN_OFF_MS));
      await http.destroy();
    },
  };
};

const tellOfEvents = (lines: readonly StreamLine[], watch: BusWatch): void => {
  let first: number | undefined;
  let count = 0;
  for (const line of lines)
    if (line.type === 'event') {
      first ??= line.event.at;
      count += 1;
    }
  if (first !== undefined) watch.heard(count, (Date.now() - first) / 1_000);
};
