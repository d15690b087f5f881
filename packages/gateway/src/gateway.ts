import type { Event, GatewayReport, Outcome, StreamLine } from '@partyline/protocol';
import { type Clock, systemClock } from './clock.ts';
import { Congestion } from './congestion.ts';
import type { Connection, Receiver } from './connection.ts';
import { type Counts, zeroCounts } from './counts.ts';
import { DeliveryWatch, type Stopwatch } from './delivery-watch.ts';
import type { Dialect } from './dialect.ts';
import type { FloodLimit } from './flood.ts';
import { type GatewayMetric, measured } from './gateway-metrics.ts';
import { Hub } from './hub.ts';
import type { Line } from './line.ts';
import { Monitors } from './monitors.ts';
import { createIds } from './new-id.ts';
import { Pages } from './pages.ts';
import { reportOn } from './report.ts';
import { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import type { RandomBytes } from './token.ts';
import { Turn } from './turn.ts';

/** What an operator can set of every gateway. */
export type GatewaySettings = FloodLimit & {
  /** Bytes that may wait for one reader before it is served from the log. */
  readonly highWaterBytes: number;
  /** A reader that took nothing for so long, though something waits for it, is closed. */
  readonly stallMs: number;
  /** Time to log in; 0 is no limit. */
  readonly loginMs: number;
  /** Time without a frame from the client; 0 is no limit. */
  readonly idleMs: number;
};

/** Where a gateway logs to; a pino logger is one. */
export interface Log {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export type GatewayOptions = {
  readonly line: Line;
  readonly settings: GatewaySettings;
  readonly log: Log;
  readonly random: RandomBytes;
  /** A W3C traceparent for one publish. */
  readonly newTrace: () => string;
  /** Told of each event that comes; what it gives, if anything, is told how many readers are owed it, once they are. */
  readonly traceDelivery?: (event: Event) => ((readers: number) => void) | undefined;
  readonly clock?: Clock;
  /** Told how long what clients say takes to those who read it here. */
  readonly delivery?: Stopwatch;
};

/** What a session shares with all others of its gateway. */
export type GatewayParts = {
  readonly line: Line;
  readonly settings: GatewaySettings;
  readonly log: Log;
  readonly random: RandomBytes;
  readonly newTrace: () => string;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly hub: Hub;
  readonly congestion: Congestion;
  readonly sessions: Sessions;
  readonly monitors: Monitors;
  readonly counts: Counts;
  readonly deliveries: DeliveryWatch | undefined;
  /** An id for a publish whose author gave none. */
  newId(): string;
  /** People online. */
  online(): number;
  /** The log's epoch. */
  epoch(): string;
  /** Takes over the last publish of a session that is over. */
  farewell(outcome: Promise<Outcome>): void;
};

/** What every gateway is but for its wires: connections in, the line out. */
export interface Gateway {
  /** Takes a new connection in; the transport tells what comes to what it gets. */
  accept(connection: Connection, dialect: Dialect): Receiver;
  /** Ids of the sessions that this gateway holds, for the line's hello. */
  sessions(): readonly string[];
  /** Keys of the nicks that its clients monitor, for the line's hello. */
  monitors(): readonly string[];
  /** What the line brought in one turn. */
  take(lines: readonly StreamLine[]): void;
  /** Sessions that the line does not know any more. */
  lost(sessions: readonly string[]): void;
  /** The log became another one; what cursors meant is void. */
  reset(epoch: string): void;
  readonly metrics: readonly GatewayMetric[];
  /** How it goes with its clients now. */
  report(): GatewayReport;
  /** Says goodbye to everyone; resolved when all are out and the line knows. */
  stop(): Promise<void>;
}

const SWEEP_MS = 1_000;
/** How long a stop waits for what was accepted to be answered. */
const STOP_MS = 2_000;

export const createGateway = (options: GatewayOptions): Gateway => {
  const { line, settings, log, random, newTrace, clock = systemClock } = options;
  const turn = new Turn(clock);
  const counts = zeroCounts();
  const hub = new Hub(line, {
    ...{ turn, pages: new Pages(line), clock, counts, traceDelivery: options.traceDelivery },
  });
  const sessions = new Sessions();
  const monitors = new Monitors(line);
  const deliveries = options.delivery && new DeliveryWatch(options.delivery, turn);
  const farewells = new Set<Promise<Outcome>>();
  let online = 0;
  let epoch = '';

  const parts: GatewayParts = {
    ...{ line, settings, log, random, newTrace, clock, turn, hub, sessions, monitors, counts },
    deliveries,
    congestion: new Congestion(line),
    newId: createIds(random),
    online: () => online,
    epoch: () => epoch,
    farewell: (outcome) => {
      farewells.add(outcome);
      const told = (): boolean => farewells.delete(outcome);
      outcome.then(told, told);
    },
  };

  let cancelSweep: () => void;
  const sweep = (): void => {
    const now = clock.now();
    for (const session of sessions.all()) session.sweep(now);
    cancelSweep = clock.after(SWEEP_MS, sweep);
  };
  cancelSweep = clock.after(SWEEP_MS, sweep);

  const takeLine = (it: StreamLine): void => {
    switch (it.type) {
      case 'event':
        log.debug(
          { trace_id: it.event.trace?.slice(3, 35), room: it.event.room, seq: it.event.seq },
          'event',
        );
        hub.take(it.event.room, it);
        deliveries?.came(it.event.session, it.event.id);
        break;
      case 'signal':
        hub.take(it.signal.room, it);
        break;
      case 'welcome':
        epoch = it.epoch;
        online = it.online;
        for (const session of sessions.all()) session.remonitor();
        break;
      case 'monitored':
        monitors.take(it.came, it.went);
        break;
      case 'online':
        online = it.online;
        break;
      case 'entered':
        for (const session of sessions.claimants(it.session)) session.entered(it.room, it.since);
        break;
      case 'absent': {
        const { session, ...absent } = it;
        sessions.member(session)?.show(absent);
        break;
      }
      case 'marked': {
        const { session, ...marked } = it;
        sessions.member(session)?.show(marked);
        break;
      }
      case 'renamed':
        for (const session of sessions.claimants(it.session)) session.renamed(it.nick);
        break;
      case 'removed':
        sessions.member(it.session)?.removed(it);
        break;
      case 'concerned':
        sessions.member(it.session)?.concerned(it.room, it.by, it.what);
        break;
      case 'invited':
        sessions.member(it.session)?.invited(it.room, it.by);
        break;
      case 'ended':
        sessions.member(it.session)?.ended(it.cause, it.reason);
        break;
      case 'head':
      case 'invocation':
      case 'heartbeat':
        break;
    }
  };

  return {
    accept: (connection, dialect) => {
      const session = new Session(connection, dialect.interpreter(connection), parts);
      sessions.add(session);
      return session;
    },
    sessions: () => sessions.ids(),
    monitors: () => monitors.keys(),
    take: (lines) => {
      for (const it of lines) takeLine(it);
    },
    lost: (ids) => {
      for (const id of ids) sessions.member(id)?.ended('expired');
    },
    reset: (next) => {
      epoch = next;
      hub.reset();
    },
    metrics: measured(counts, sessions),
    report: () => reportOn(sessions.all(), counts, { now: clock.now(), stallMs: settings.stallMs }),
    stop: async () => {
      cancelSweep();
      for (const session of sessions.all()) session.stop('shutdown');
      const everyoneOut = sessions.whenEmpty().then(() => Promise.allSettled(farewells));
      await new Promise<void>((resolve) => {
        const cancel = clock.after(STOP_MS, resolve);
        everyoneOut.then(() => {
          cancel();
          resolve();
        }, resolve);
      });
    },
  };
};
