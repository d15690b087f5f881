import { type Event, limits, nickProblem, roomName } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { eventLines, isSaid } from '../event-lines.ts';
import { historyLines } from '../history-on-join.ts';
import { channelOf, ircNick, isChannel, nickOf, placeOf } from '../names.ts';
import { type Ask, asks, expect, type Handler, lines, type Reply } from '../reply.ts';
import { timeOf } from '../wire/time.ts';
import { askPeople } from './people.ts';

/** Pages read for one answer at most: of logs in which hardly anything is said. */
const PAGES = 8;

/** A place in a log: a message, or a time in milliseconds. */
type Point = { readonly seq: number } | { readonly at: number };

/** What is read of a log, from where in which direction, and which of it is wanted. */
type Plan = {
  readonly direction: 'before' | 'after' | 'around';
  readonly from: Point;
  readonly isWanted: (event: Event) => boolean;
  readonly limit: number;
};

const END: Point = { seq: Number.MAX_SAFE_INTEGER };

/** What `timestamp=…` or `msgid=…` means in a log; a message of another log means nothing there. */
const pointOf = (selector: string, room: string | undefined): Point | undefined => {
  if (selector.startsWith('timestamp=')) {
    const at = timeOf(selector.slice('timestamp='.length));
    return at === undefined ? undefined : { at };
  }
  const place = selector.startsWith('msgid=')
    ? placeOf(selector.slice('msgid='.length))
    : undefined;
  const isThere = place !== undefined && (room === undefined || place.room === room);
  return isThere ? { seq: place.seq } : undefined;
};

const isAfter = (event: Event, point: Point): boolean =>
  'seq' in point ? event.seq > point.seq : event.at > point.at;
const isBefore = (event: Event, point: Point): boolean =>
  'seq' in point ? event.seq < point.seq : event.at < point.at;
const everything = (): boolean => true;

/** What a subcommand asks for; undefined when it is none, or not what belongs to it. */
const planOf = (
  sub: string,
  selectors: readonly string[],
  room: string | undefined,
  limit: number,
): Plan | undefined => {
  const [first, second] = selectors.map((it) => pointOf(it, room));
  switch (sub) {
    case 'BEFORE':
    case 'AFTER':
    case 'AROUND': {
      const direction = sub.toLowerCase() as 'before' | 'after' | 'around';
      if (first === undefined || selectors.length !== 1) return undefined;
      return { direction, from: first, isWanted: everything, limit };
    }
    case 'LATEST': {
      if (selectors.length !== 1) return undefined;
      if (selectors[0] === '*')
        return { direction: 'before', from: END, isWanted: everything, limit };
      if (first === undefined) return undefined;
      return { direction: 'before', from: END, isWanted: (it) => isAfter(it, first), limit };
    }
    case 'BETWEEN': {
      if (first === undefined || second === undefined || selectors.length !== 2) return undefined;
      return isForwards(first, second)
        ? { direction: 'after', from: first, isWanted: (it) => isBefore(it, second), limit }
        : { direction: 'before', from: first, isWanted: (it) => isAfter(it, second), limit };
    }
    default:
      return undefined;
  }
};

/** Points of two kinds can't be told apart; the first is then taken for the earlier. */
const isForwards = (a: Point, b: Point): boolean => {
  if ('seq' in a && 'seq' in b) return a.seq <= b.seq;
  return 'at' in a && 'at' in b ? a.at <= b.at : true;
};

const limitOf = (text: string): number | undefined =>
  /^[1-9]\d{0,8}$/.test(text) ? Math.min(Number(text), limits.pageEvents) : undefined;

/** Where a page begins. */
type Place = { before?: number; after?: number; around?: number; at?: number };

/** Reads pages until there is enough that the client may be told, or no more. */
const collect = (
  client: Client,
  room: string,
  target: string,
  plan: Plan,
  place: Place,
  found: readonly Event[] = [],
  pages = 1,
): Ask => ({
  request: { type: 'history', room, limit: plan.limit, ...place },
  about: { command: 'CHATHISTORY', target },
  told: (answer) => {
    const { events = [], first = 0, head = 0 } = expect(answer, 'history') ?? {};
    const wanted = events.filter(plan.isWanted);
    const told = wanted.filter((it) => client.has('draft/event-playback') || isSaid(it));
    const isBackwards = plan.direction === 'before';
    const all = isBackwards ? [...told, ...found] : [...found, ...told];
    const edge = isBackwards ? events[0] : events.at(-1);
    const isMore =
      edge !== undefined &&
      wanted.length === events.length &&
      (isBackwards ? edge.seq > first : edge.seq < head);
    if (all.length < plan.limit && isMore && plan.direction !== 'around' && pages < PAGES) {
      const next = isBackwards ? { before: edge.seq } : { after: edge.seq };
      return asks(collect(client, room, target, plan, next, all, pages + 1));
    }
    const some = isBackwards ? all.slice(-plan.limit) : all.slice(0, plan.limit);
    const shown = some.flatMap((it) => eventLines(it, client.caps, client.texts));
    return lines(...historyLines(client, target, shown));
  },
  refused: () => noHistory(client, target),
});

/** Reads a plan; a time that something is to be before is first looked up in the log. */
const read = (client: Client, room: string, target: string, plan: Plan): Ask => {
  const { from, direction } = plan;
  if ('seq' in from) return collect(client, room, target, plan, { [direction]: from.seq });
  if (direction === 'after') return collect(client, room, target, plan, { at: from.at + 1 });
  return {
    request: { type: 'history', room, limit: 1, at: from.at },
    about: { command: 'CHATHISTORY', target },
    told: (answer) => {
      const { events = [], head = 0 } = expect(answer, 'history') ?? {};
      const seq = events[0]?.seq ?? head + 1;
      return asks(collect(client, room, target, plan, { [direction]: seq }));
    },
    refused: () => noHistory(client, target),
  };
};

const invalid = (client: Client, sub: string): Reply =>
  lines(
    client.fail(
      ...(['CHATHISTORY', 'INVALID_PARAMS', [sub.split(' ')[0] || '*']] as const),
      client.texts.historyInvalid,
    ),
  );

const noHistory = (client: Client, target: string): Reply =>
  lines(
    client.fail(
      'CHATHISTORY',
      'INVALID_TARGET',
      [target.split(' ')[0] || '*'],
      client.texts.historyTarget,
    ),
  );

/** What was said last in each place where the client is, between two times. */
const targets = (
  client: Client,
  [first = '', second = '', last = '']: readonly string[],
): Reply => {
  const [a, b] = [pointOf(first, undefined), pointOf(second, undefined)];
  const limit = limitOf(last);
  if (a === undefined || b === undefined || !('at' in a) || !('at' in b) || limit === undefined)
    return invalid(client, 'TARGETS');
  const [from, to] = [Math.min(a.at, b.at), Math.max(a.at, b.at)];
  return asks({
    request: { type: 'latest' },
    about: { command: 'CHATHISTORY' },
    told: (answer) => {
      const { events = [] } = expect(answer, 'latest') ?? {};
      const inside = events
        .filter((it) => it.at > from && it.at < to)
        .toSorted((x, y) => (a.at <= b.at ? x.at - y.at : y.at - x.at))
        .slice(0, limit)
        .map((it) => ({
          command: 'CHATHISTORY',
          params: ['TARGETS', nameOf(client, it), new Date(it.at).toISOString()],
        }));
      return lines(...historyLines(client, '', inside, 'draft/chathistory-targets'));
    },
  });
};

/** What a log is called: its channel, or the other one of a pair. */
const nameOf = (client: Client, { room, nick, to }: Event): string => {
  if (to === undefined) return channelOf(room);
  return ircNick(client.isMe(nick) ? to : nick);
};

/** `CHATHISTORY` (draft/chathistory). */
export const history: Handler = (client, { params }) => {
  const [asked = '', ...rest] = params;
  const sub = asked.toUpperCase();
  if (sub === 'TARGETS') return targets(client, rest);
  const [target = '', ...selectors] = rest;
  const limit = limitOf(selectors.pop() ?? '');
  if (limit === undefined || planOf(sub, selectors, undefined, limit) === undefined)
    return invalid(client, asked);
  const readIn = (room: string, name: string): Reply => {
    const plan = planOf(sub, selectors, room, limit);
    return plan === undefined ? noHistory(client, target) : asks(read(client, room, name, plan));
  };
  if (isChannel(target)) {
    const room = roomName(target);
    const isIn = typeof room === 'string' && client.rooms.has(room);
    return isIn ? readIn(room, channelOf(room)) : noHistory(client, target);
  }
  if (nickProblem(nickOf(target)) !== undefined) return noHistory(client, target);
  return asks({
    ...askPeople('CHATHISTORY', [target], () => []),
    told: (answer) => {
      const [person] = expect(answer, 'people')?.people ?? [];
      return person?.pair === undefined
        ? noHistory(client, target)
        : readIn(person.pair, ircNick(person.nick));
    },
  });
};
