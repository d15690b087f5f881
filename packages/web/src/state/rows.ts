import type { EventFrame } from '../line/wire.ts';
import type { Conversation } from './conversation.ts';
import type { Item } from './timeline.ts';

/** One row of the message list. */
export type Row =
  | { readonly is: 'day'; readonly key: string; readonly day: number }
  /** News begin here. */
  | { readonly is: 'mark'; readonly key: string }
  /** `follows`: the same person speaks on, and isn't named again. */
  | {
      readonly is: 'event';
      readonly key: string;
      readonly event: EventFrame;
      readonly follows: boolean;
    }
  | Exclude<Item, { is: 'event' }>;

/** A person's messages nearer than this to each other are shown as one. */
const TOGETHER_MS = 5 * 60_000;

/** Who says an event. */
export const authorOf = (event: EventFrame): string =>
  event.type === 'p2p' ? event.from : event.nickname;

const isSpeech = (event: EventFrame): boolean =>
  event.type === 'p2p' || (event.type === 'broadcast' && event.kind === undefined);

const speaksOn = (previous: EventFrame | undefined, event: EventFrame): boolean =>
  previous !== undefined &&
  isSpeech(previous) &&
  isSpeech(event) &&
  authorOf(previous) === authorOf(event) &&
  event.at - previous.at < TOGETHER_MS;

/** The rows of a conversation: its items, with days and the beginning of news between them. */
export const rowsOf = (
  { timeline, mark, head }: Conversation,
  dayOf: (at: number) => number,
): readonly Row[] => {
  const rows: Row[] = [];
  let day = Number.NaN;
  let previous: EventFrame | undefined;
  let marked = mark >= head;
  for (const item of timeline.items) {
    if (item.is !== 'event') {
      rows.push(item);
      previous = undefined;
      continue;
    }
    const { event, key } = item;
    const its = dayOf(event.at);
    if (its !== day) {
      rows.push({ is: 'day', key: `day ${its} ${key}`, day: its });
      previous = undefined;
      day = its;
    }
    if (!marked && event.seq > mark) {
      rows.push({ is: 'mark', key: `mark ${mark}` });
      previous = undefined;
      marked = true;
    }
    rows.push({ is: 'event', key, event, follows: speaksOn(previous, event) });
    previous = event;
  }
  return rows;
};
