import { randomUUID } from 'node:crypto';
import { type Bus, type BusOptions, createBus } from '@partyline/bus';
import type { Guests } from '@partyline/gateway';
import { type Tracing, tracePublishes } from '@partyline/service';
import { Senders, type SendersOptions } from './chat/senders.ts';
import { Feed, type FeedOptions } from './feed/feed.ts';

/** How often it is looked who was silent for too long. */
const SWEEP_MS = 1_000;

export type LineOptions = Pick<
  BusOptions,
  'url' | 'token' | 'instance' | 'log' | 'watch' | 'report'
> &
  Pick<SendersOptions, 'silenceMs' | 'max' | 'now'> &
  Pick<FeedOptions, 'send' | 'port'> & {
    readonly guests: Guests;
    /** Where datagrams are taken, as URLs. */
    readonly endpoints: readonly string[];
    readonly tracing: Tracing;
    /** Rooms that are fed. */
    readonly feed: readonly string[];
    readonly onState: (state: 'up' | 'down') => void;
  };

/** The way to chat-core, and who is on it. Disposing of it says goodbye for every sender. */
export interface Line extends AsyncDisposable {
  readonly bus: Bus;
  readonly senders: Senders;
  readonly feed: Feed;
}

/** Connects to chat-core: senders of datagrams and the feed need the bus, and it tells of them. */
export const connectLine = (options: LineOptions): Line => {
  const { url, token, instance, log, watch, report, endpoints, onState, now, tracing } = options;
  const parts = new AsyncDisposableStack();
  const bus = parts.use(
    createBus({
      ...{ url, token, instance, log, onState, ...(watch !== undefined && { watch }) },
      ...(report !== undefined && { report }),
      ...tracePublishes(tracing),
      hello: () => ({
        ...{ kind: 'udp-discovery', endpoints: [...endpoints], commands: [] },
        ...{ sessions: [...senders.sessions()], rooms: [...options.feed] },
      }),
      onLine: (lines) => {
        feed.take(lines);
        for (const line of lines)
          if (line.type === 'removed') senders.removed(line.session, line.room);
          else if (line.type === 'ended') senders.lost([line.session]);
      },
      onLost: (sessions) => senders.lost(sessions),
      onReset: () => {},
    }),
  );
  const senders = new Senders({
    ...{ line: bus, guests: options.guests, newId: randomUUID, newTrace: tracing.newTrace, now },
    ...{ silenceMs: options.silenceMs, max: options.max },
  });
  parts.defer(() => senders.stop());
  parts.adopt(
    setInterval(() => senders.sweep(), SWEEP_MS),
    clearInterval,
  );
  const feed = parts.use(
    new Feed({
      ...{ rooms: options.feed, port: options.port, send: options.send },
      follow: (room, after) => bus.follow(room, after),
    }),
  );
  return { bus, senders, feed, [Symbol.asyncDispose]: () => parts.disposeAsync() };
};
