import { type EventFrame, isReference, type ReferenceFrame } from '../line/event-frames.ts';
import type { Conversation } from './conversation.ts';
import { type Marks, marksOf } from './marks.ts';
import type { Item } from './timeline.ts';

/** An entry that is shown as a row; others change how these are shown. */
export type ShownFrame = Exclude<EventFrame, ReferenceFrame>;

/** One row of the message list. */
export type Row =
  | { readonly is: 'day'; readonly key: string; readonly day: number }
  /** News begin here. */
  | { readonly is: 'mark'; readonly key: string }
  /** `follows`: the same person speaks on, and isn't named again. */
  | {
      readonly is: 'event';
      readonly key: string;
      readonly event: ShownFrame;
      readonly follows: boolean;
      /** What became of it since. */
      readonly marks: Marks | undefined;
    }
  | Exclude<Item, { is: 'event' }>;

/** A person's messages nearer than this to each other are shown as one. */
const TOGETHER_MS = 5 * 60_000;

/** Who says an event. */
export const authorOf = (event: EventFrame): string =>
  event.type === 'p2p' ? event.from : event.nickname;

const isSpeech = (event: ShownFrame): boolean =>
  event.type === 'p2p' || (event.type === 'broadcast' && event.kind === undefined);

const speaksOn = (previous: ShownFrame | undefined, event: ShownFrame): boolean =>
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
  let previous: ShownFrame | undefined;
  const marks = marksOf(timeline.references);
  // Where news begin before the window, they don't begin at its first message.
  const isMarkHere = timeline.complete || timeline.first <= mark + 1;
  let marked = mark >= head || !isMarkHere;
  for (const item of timeline.items) {
    if (item.is !== 'event') {
      rows.push(item);
      previous = undefined;
      continue;
    }
    const { event, key } = item;
    if (isReference(event)) continue;
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
    rows.push({
      is: 'event',
      key,
      event,
      follows: speaksOn(previous, event),
      marks: marks.get(event.seq),
    });
    previous = event;
  }
  return rows;
};
