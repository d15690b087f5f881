import type { RoomFrame } from '../line/wire.ts';
import { emptyTimeline, type Timeline } from './timeline.ts';

/** A room, or the messages between two people. */
export type Conversation = {
  /** The same for as long as the conversation is open. */
  readonly key: string;
  /** The room's name, or the other's nick as it is now. */
  readonly name: string;
  readonly kind: 'room' | 'private';
  /** The name of its log; a private one has none before its first message. */
  readonly room: string | undefined;
  readonly topic: string;
  readonly timeline: Timeline;
  /** The number of its last event, seen or not. */
  readonly head: number;
  /** The last event that was read. */
  readonly read: number;
  /** What was read when it was last opened: news begin after it. */
  readonly mark: number;
  /** Who is in it, sorted; undefined before it was asked. */
  readonly members: readonly string[] | undefined;
  readonly memberCount: number;
  /** A page is on its way. */
  readonly loading: boolean;
  /** Whether the log was asked for its newest page yet. */
  readonly asked: boolean;
};

/** How nicks are compared: the same as the server does. */
export const nickKey = (nick: string): string =>
  nick.normalize('NFKC').toLowerCase().normalize('NFKC');

export const sameNick = (a: string, b: string): boolean => nickKey(a) === nickKey(b);

export const roomKey = (room: string): string => `#${room}`;

export const unread = ({ head, read }: Conversation): number => Math.max(0, head - read);

const blank = {
  topic: '',
  members: undefined,
  memberCount: 0,
  loading: false,
  asked: false,
} as const;

/** A room just entered. What was read before (in an earlier life of the page) may be known. */
export const newRoom = (
  { room, since, seq, members, topic }: RoomFrame,
  cursor = since,
  read = cursor,
): Conversation => ({
  ...blank,
  key: roomKey(room),
  name: room,
  kind: 'room',
  room,
  topic: topic ?? '',
  timeline: emptyTimeline(cursor),
  head: Math.max(seq, cursor),
  read,
  mark: read,
  memberCount: members,
});

export const newPrivate = (
  key: string,
  nick: string,
  room?: string,
  cursor = 0,
  read = cursor,
): Conversation => ({
  ...blank,
  key,
  name: nick,
  kind: 'private',
  room,
  timeline: emptyTimeline(cursor),
  head: cursor,
  read,
  mark: read,
});

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

export const sortNicks = (nicks: readonly string[]): readonly string[] =>
  [...nicks].sort(collator.compare);

export const withMember = (nicks: readonly string[], nick: string): readonly string[] => {
  if (nicks.some((other) => sameNick(other, nick))) return nicks;
  const at = nicks.findIndex((other) => collator.compare(other, nick) > 0);
  return nicks.toSpliced(at === -1 ? nicks.length : at, 0, nick);
};

export const withoutMember = (nicks: readonly string[], nick: string): readonly string[] =>
  nicks.filter((other) => !sameNick(other, nick));
