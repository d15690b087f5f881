import { type EventFrame, isReference } from '../line/event-frames.ts';
import type { HistoryFrame } from '../line/wire.ts';
import { addReferences, type References } from './references.ts';

/** Who came, went or changed its name. */
export type Change =
  | { readonly change: 'joined' | 'left'; readonly nick: string; readonly reason?: string }
  | { readonly change: 'renamed'; readonly nick: string; readonly was: string }
  | { readonly change: 'more'; readonly joined: number; readonly left: number };

/** What a conversation shows, one below the other. */
export type Item =
  | { readonly is: 'event'; readonly key: string; readonly event: EventFrame }
  /** `at` is when it was heard, in milliseconds since the Unix epoch. */
  | {
      readonly is: 'presence';
      readonly key: string;
      readonly at: number;
      readonly changes: readonly Change[];
    }
  /** Told to this reader only. */
  | {
      readonly is: 'note';
      readonly key: string;
      readonly at: number;
      readonly tone: 'info' | 'error';
      readonly text: string;
    }
  /** Events that can't be had any more. */
  | { readonly is: 'gap'; readonly key: string };

/**
 * A window on a room's log: a stretch of it without holes, and what was told between its events. It
 * may lie anywhere in the log, so that a long log takes no more memory than a short one.
 */
export type Timeline = {
  readonly items: readonly Item[];
  /** What changes how events are shown; of more of the log than the window has. */
  readonly references: References;
  /** The numbers of the oldest and the newest event here; 0 and the cursor when there is none. */
  readonly first: number;
  readonly last: number;
  /** Whether the log has nothing before `first`. */
  readonly complete: boolean;
  /** Whether what comes next in the log comes after `last`: the window is at the log's end. */
  readonly live: boolean;
};

/** A timeline that goes on after event `cursor`. */
export const emptyTimeline = (cursor: number): Timeline => ({
  items: [],
  references: [],
  first: 0,
  last: cursor,
  complete: cursor === 0,
  live: true,
});

const itemOf = (event: EventFrame): Item => ({
  is: 'event',
  key: `${event.room} ${event.seq}`,
  event,
});

/** Comings and goings nearer than this to each other are told together. */
const TOGETHER_MS = 10 * 60_000;
/** Items that a window has at least, and how many more before some are dropped. */
const KEPT_ITEMS = 400;
const SLACK_ITEMS = 200;

/** Adds a live event. One that is here already (a page was faster) changes nothing. */
export const append = (timeline: Timeline, event: EventFrame): Timeline => {
  const { items, first, last, live } = timeline;
  const references = addReferences(timeline.references, [event]);
  if (!live || (event.seq <= last && first !== 0))
    return references === timeline.references ? timeline : { ...timeline, references };
  return {
    ...timeline,
    items: isReference(event) ? items : [...items, itemOf(event)],
    references,
    first: first === 0 ? event.seq : first,
    last: Math.max(last, event.seq),
  };
};

/** The items of a page, but what only changes how others are shown. */
const itemsOf = (events: readonly EventFrame[]): readonly Item[] =>
  events.filter((event) => !isReference(event)).map(itemOf);

const changesIn = ({ events, later = [] }: HistoryFrame): readonly EventFrame[] => [
  ...events,
  ...later,
];

/** Adds a page of the log that touches the timeline; what is here already is not taken twice. */
export const addPage = (timeline: Timeline, page: HistoryFrame): Timeline => {
  const { items, first, last } = timeline;
  const oldest = page.events[0]?.seq ?? 0;
  const newest = page.events.at(-1)?.seq ?? 0;
  if (newest === 0) {
    const isAll = page.head === 0 || (first || last + 1) <= page.first;
    return { ...timeline, complete: timeline.complete || isAll };
  }
  const references = addReferences(timeline.references, changesIn(page));
  if (first === 0)
    return {
      ...timeline,
      items: [...itemsOf(page.events), ...items],
      references,
      first: oldest,
      last: Math.max(last, newest),
      complete: oldest <= page.first,
    };
  if (newest < first - 1 || oldest > last + 1) return { ...timeline, references };
  const before = page.events.filter((event) => event.seq < first);
  const after = page.events.filter((event) => event.seq > last);
  return {
    items: [...itemsOf(before), ...items, ...itemsOf(after)],
    references,
    first: Math.min(first, oldest),
    last: Math.max(last, newest),
    complete: timeline.complete || oldest <= page.first,
    live: timeline.live || newest >= page.head,
  };
};

/** Puts the window where a page is, wherever it was. */
export const moveTo = ({ references }: Timeline, page: HistoryFrame): Timeline => {
  const first = page.events[0]?.seq ?? 0;
  const last = page.events.at(-1)?.seq ?? page.head;
  return {
    items: itemsOf(page.events),
    references: addReferences(references, changesIn(page)),
    first,
    last,
    complete: first <= page.first,
    live: last >= page.head,
  };
};

/** Of comings and goings that are told together, the last so many are kept. */
const KEPT_CHANGES = 500;

const addItem = (timeline: Timeline, item: Item): Timeline =>
  trim({ ...timeline, items: [...timeline.items, item] });

/** Adds a coming or going, together with those just before it; none where the log has gone on since. */
export const addChange = (
  timeline: Timeline,
  change: Change,
  at: number,
  key: string,
): Timeline => {
  if (!timeline.live) return timeline;
  const previous = timeline.items.at(-1);
  if (previous?.is !== 'presence' || at - previous.at > TOGETHER_MS)
    return addItem(timeline, { is: 'presence', key, at, changes: [change] });
  const together: Item = {
    ...previous,
    changes: [...previous.changes, change].slice(-KEPT_CHANGES),
  };
  return { ...timeline, items: [...timeline.items.slice(0, -1), together] };
};

export const addNote = (
  timeline: Timeline,
  tone: 'info' | 'error',
  text: string,
  at: number,
  key: string,
): Timeline => addItem(timeline, { is: 'note', key, at, tone, text });

/** Says that events are missing; what comes next is number `next`. */
export const addGap = (timeline: Timeline, next: number, key: string): Timeline => ({
  ...addItem(timeline, { is: 'gap', key }),
  last: next - 1,
});

/** Drops the oldest, or the newest, items of a window that has grown long. They can be loaded again. */
export const trim = (timeline: Timeline, side: 'oldest' | 'newest' = 'oldest'): Timeline => {
  if (timeline.items.length <= KEPT_ITEMS + SLACK_ITEMS) return timeline;
  if (side === 'oldest') {
    const items = timeline.items.slice(-KEPT_ITEMS);
    const oldest = items.find((item) => item.is === 'event');
    return oldest === undefined
      ? timeline
      : { ...timeline, items, first: oldest.event.seq, complete: false };
  }
  const items = timeline.items.slice(0, KEPT_ITEMS);
  const newest = items.findLast((item) => item.is === 'event');
  return newest === undefined
    ? timeline
    : { ...timeline, items, last: newest.event.seq, live: false };
};
