import { type EventFrame, isReference, type PrivateFrame } from '../line/event-frames.ts';
import type { GapFrame, HistoryFrame } from '../line/wire.ts';
import { type Conversation, newPrivate, type Sought, sameNick } from './conversation.ts';
import { type Moment, ofRoom, openPrivate, put, type Talk } from './talk.ts';
import { addGap, addPage, append, emptyTimeline, moveTo, trim } from './timeline.ts';

/** The conversation that a private message belongs to; opened by the first one. */
const ofPrivate = (talk: Talk, frame: PrivateFrame): readonly [Talk, Conversation] => {
  const other = sameNick(frame.from, talk.me) ? frame.to : frame.from;
  const known = ofRoom(talk, frame.room);
  if (known !== undefined) return [talk, { ...known, name: other }];
  const [next, open] = openPrivate(talk, other);
  // The nick belongs to somebody else now, who has another log with us.
  const stranger = open.room !== undefined && open.room !== frame.room;
  const anew = stranger ? newPrivate(open.key, other) : open;
  return [next, { ...anew, room: frame.room }];
};

/** News begin where reading stopped, and stay marked until the reader goes elsewhere or answers. */
const newMark = (
  { mark, read }: Conversation,
  it: { mine: boolean; seen: boolean; caughtUp: boolean; head: number },
): number => {
  if (it.mine) return it.head;
  if (it.seen) return mark === read ? it.head : mark;
  return it.caughtUp ? read : mark;
};

/** Something was said. */
export const event = (talk: Talk, frame: EventFrame, { watching }: Moment): Talk => {
  const [next, conversation] =
    frame.type === 'p2p' ? ofPrivate(talk, frame) : [talk, ofRoom(talk, frame.room)];
  if (conversation === undefined) return talk;
  const head = Math.max(conversation.head, frame.seq);
  const author = frame.type === 'p2p' ? frame.from : frame.nickname;
  const mine = sameNick(author, talk.me);
  const caughtUp = conversation.read >= conversation.head;
  // What only changes something that was read is no news.
  const told = caughtUp && isReference(frame);
  const isOpen = conversation.key === talk.current;
  const seen = mine || told || (watching && isOpen);
  const timeline = append(conversation.timeline, frame);
  return put(next, {
    ...conversation,
    timeline: watching || !isOpen ? trim(timeline) : timeline,
    topic: frame.type === 'topic' ? frame.text : conversation.topic,
    head,
    read: seen ? head : conversation.read,
    mark: newMark(conversation, { mine, seen, caughtUp, head }),
  });
};

/** Whether a page is the one that was asked for, and not one that was under way already. */
const shows = ({ events, first, head }: HistoryFrame, sought: Sought): boolean => {
  const oldest = events[0]?.seq ?? 0;
  const newest = events.at(-1)?.seq ?? 0;
  if ('end' in sought) return newest >= head;
  if ('at' in sought) return true;
  const { seq } = sought;
  return (oldest <= seq && seq <= newest) || seq < first || seq > head;
};

/** A page of a log came. */
export const page = (talk: Talk, frame: HistoryFrame): Talk => {
  const open = ofRoom(talk, frame.room);
  if (open === undefined) return talk;
  const { sought, timeline } = open;
  if (sought === undefined)
    return put(talk, { ...open, timeline: addPage(timeline, frame), loading: false });
  if (!shows(frame, sought)) return talk;
  // A conversation that is opened to look something up has no news.
  const isNew = open.head === 0;
  return put(talk, {
    ...open,
    ...(isNew && { head: frame.head, read: frame.head, mark: frame.head }),
    timeline: moveTo(timeline, frame),
    loading: false,
    sought: undefined,
  });
};

/** Events are missing. */
export const gap = (talk: Talk, frame: GapFrame, { key }: Moment): Talk => {
  const open = ofRoom(talk, frame.room);
  if (open === undefined) return talk;
  const cursor = frame.next - 1;
  const sameLog = frame.epoch === talk.epoch && open.timeline.last <= cursor;
  if (sameLog && !open.timeline.live)
    return put(talk, { ...open, head: Math.max(cursor, open.head) });
  const timeline = addGap(sameLog ? open.timeline : emptyTimeline(cursor), frame.next, key);
  const read = sameLog ? open.read : cursor;
  return put(talk, { ...open, timeline, head: Math.max(cursor, read), read, mark: read });
};
