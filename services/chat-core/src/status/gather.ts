import type { Locale } from '@partyline/protocol';
import type { Peers } from '../store/peers.ts';
import type { Store } from '../store/port.ts';
import type { Board, BoardText } from './board.ts';
import { concernsOf } from './concerns.ts';
import type { InstanceStatus, SlowReaderStatus, Status } from './shape.ts';

export type StatusParts = {
  readonly board: Board;
  readonly store: Pick<Store, 'epoch' | 'read' | 'size'> & {
    readonly peers?: Pick<Peers, 'boards'>;
  };
  readonly now: () => number;
  readonly locale: Locale;
};

const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((all, it) => all + (it ?? 0), 0);

/** The boards of all cores: this one's as it is, others' as they were posted last. */
const boardsOf = async ({ board, store: { peers } }: StatusParts): Promise<BoardText[]> => {
  const posted = (await peers?.boards()) ?? [];
  return [board.read(), ...posted.map((text): BoardText => JSON.parse(text))];
};

/** Where each instance's stream is; one that moved is on two boards for a while, and was heard of last where it is. */
const placesOf = (boards: readonly BoardText[]) => {
  const places = new Map<
    string,
    { readonly core: string; readonly posted: BoardText['instances'][number] }
  >();
  const heardAt = (instance: string): number =>
    places.get(instance)?.posted.report?.at ?? Number.NEGATIVE_INFINITY;
  for (const { core, instances } of boards)
    for (const posted of instances)
      if ((posted.report?.at ?? 0) > heardAt(posted.instance))
        places.set(posted.instance, { core: core.core, posted });
  return places;
};

const webhooksOf = async ({ hooks }: StatusParts['store']['read']): Promise<Status['webhooks']> => {
  const rows = await hooks.hooks();
  const called = rows.filter((it) => it.disabledAt === null);
  const behind = await Promise.all(called.map((it) => hooks.behind(it, 1)));
  return {
    outgoing: rows.length,
    failing: called.filter((it) => it.failingSince !== null).length,
    givenUp: rows.length - called.length,
    waiting: behind.filter((rooms) => rooms.length > 0).length,
  };
};

/** Puts together how everything is. */
export const gatherStatus = async (parts: StatusParts): Promise<Status> => {
  const { store, now, locale } = parts;
  const [boards, rows, database, webhooks] = await Promise.all([
    boardsOf(parts),
    store.read.instanceRows(),
    store.size(),
    webhooksOf(store.read),
  ]);
  const places = placesOf(boards);
  const instances = rows
    .map(({ instance, kind, endpoints, startedAt, leaseUntil }): InstanceStatus => {
      const place = places.get(instance);
      return {
        ...{ instance, kind, state: place === undefined ? 'away' : 'connected' },
        ...(place !== undefined && { core: place.core }),
        ...{ endpoints: [...endpoints], startedAt, leaseUntil },
        ...(place?.posted.report !== undefined && { report: place.posted.report }),
      };
    })
    .sort((a, b) => compare(a.kind, b.kind) || compare(a.instance, b.instance));
  const slowReaders = [...places.values()].flatMap(({ posted }) =>
    posted.slowest.map(
      (it): SlowReaderStatus => ({
        ...{ ...it, instance: posted.instance },
        closesInMs: Math.max(0, posted.stallMs - it.stalledMs),
      }),
    ),
  );
  slowReaders.sort((a, b) => b.queuedBytes - a.queuedBytes || b.owedEvents - a.owedEvents);
  const cores = boards.map((it) => it.core).sort((a, b) => compare(a.core, b.core));
  const clients = instances.map((it) => it.report?.clients);
  const told = {
    ...{ at: now(), epoch: store.epoch, online: boards[0]?.online ?? 0 },
    connections: sum(clients.map((it) => it?.connections)),
    queuedBytes: sum(clients.map((it) => it?.queuedBytes)),
    slow: sum(clients.map((it) => it?.slow)),
    perSecond: {
      frames: sum(clients.map((it) => it?.perSecond.frames)),
      publishes: sum(cores.map((it) => it.perSecond.publishes)),
      events: sum(cores.map((it) => it.perSecond.events)),
      deliveries: sum(clients.map((it) => it?.perSecond.deliveries)),
    },
    ...{ database, webhooks, cores, instances, slowReaders },
  };
  return { ...told, concerns: concernsOf(told, locale) };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
