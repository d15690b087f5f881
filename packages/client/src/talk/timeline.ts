import type { EventFrame, HistoryFrame } from '../line/wire.ts';

/** Who came, went or changed its name. */
export type Change =
  | { readonly change: 'joined' | 'left'; readonly nick: string }
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

/** A stretch of a room's log without holes, and what was told between its events. */
export type Timeline = {
  readonly items: readonly Item[];
  /** The numbers of the oldest and the newest event here; 0 and the cursor when there is none. */
  readonly first: number;
  readonly last: number;
  /** Whether the log has nothing before `first`. */
  readonly complete: boolean;
};

/** A timeline that goes on after event `cursor`. */
export const emptyTimeline = (cursor: number): Timeline => ({
  items: [],
  first: 0,
  last: cursor,
  complete: cursor === 0,
});

const itemOf = (event: EventFrame): Item => ({
  is: 'event',
  key: `${event.room} ${event.seq}`,
  event,
});

/** Comings and goings nearer than this to each other are told together. */
const TOGETHER_MS = 10 * 60_000;
/** Items kept while nobody looks further up; what is dropped can be loaded again. */
const KEPT_ITEMS = 1_000;
const SLACK_ITEMS = 500;

/** Adds a live event. One that is here already (a page was faster) changes nothing. */
export const append = (timeline: Timeline, event: EventFrame): Timeline => {
  const { items, first, last } = timeline;
  if (event.seq <= last && first !== 0) return timeline;
  return {
    ...timeline,
    items: [...items, itemOf(event)],
    first: first === 0 ? event.seq : first,
    last: Math.max(last, event.seq),
  };
};

/** Adds a page of the log that touches the timeline; what is here already is not taken twice. */
export const addPage = (timeline: Timeline, page: HistoryFrame): Timeline => {
  const { items, first, last } = timeline;
  const oldest = page.events[0]?.seq ?? 0;
  const newest = page.events.at(-1)?.seq ?? 0;
  if (newest === 0) return { ...timeline, complete: true };
  if (first === 0)
    return {
      items: [...page.events.map(itemOf), ...items],
      first: oldest,
      last: Math.max(last, newest),
      complete: oldest <= page.first,
    };
  if (newest < first - 1 || oldest > last + 1) return timeline;
  const before = page.events.filter((event) => event.seq < first);
  const after = page.events.filter((event) => event.seq > last);
  return {
    items: [...before.map(itemOf), ...items, ...after.map(itemOf)],
    first: Math.min(first, oldest),
    last: Math.max(last, newest),
    complete: timeline.complete || oldest <= page.first,
  };
};

const addItem = (timeline: Timeline, item: Item): Timeline => ({
  ...timeline,
  items: [...timeline.items, item],
});

/** Adds a coming or going, together with those just before it. */
export const addChange = (
  timeline: Timeline,
  change: Change,
  at: number,
  key: string,
): Timeline => {
  const previous = timeline.items.at(-1);
  if (previous?.is !== 'presence' || at - previous.at > TOGETHER_MS)
    return addItem(timeline, { is: 'presence', key, at, changes: [change] });
  const together: Item = { ...previous, changes: [...previous.changes, change] };
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

/** Drops the oldest items of a long timeline. */
export const trim = (timeline: Timeline): Timeline => {
  if (timeline.items.length <= KEPT_ITEMS + SLACK_ITEMS) return timeline;
  const items = timeline.items.slice(-KEPT_ITEMS);
  const oldest = items.find((item) => item.is === 'event');
  if (oldest === undefined) return timeline;
  return { ...timeline, items, first: oldest.event.seq, complete: false };
};
