import type { Role, RoomSettings } from '../line/room-frames.ts';
import type { RoomFrame } from '../line/wire.ts';
import { emptyTimeline, type Timeline } from './timeline.ts';

/** How a room is set, and what one is there oneself. */
export type Standing = RoomSettings & { readonly slowMs: number; readonly role: Role };

/** A place of a log that somebody wants to see: an event, a time in milliseconds since the Unix epoch, or its end. */
export type Sought = { readonly seq: number } | { readonly at: number } | { readonly end: true };

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
  /** Who is away, by folded nick, and why (possibly empty). */
  readonly away: ReadonlyMap<string, string>;
  /** Who is more than a member, by folded nick, as far as is known. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Undefined before it was asked. */
  readonly standing: Standing | undefined;
  /** A page is on its way. */
  readonly loading: boolean;
  /** What the page on its way is to show, when that is another place of the log. */
  readonly sought: Sought | undefined;
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
  away: new Map<string, string>(),
  roles: new Map<string, Role>(),
  standing: undefined,
  loading: false,
  sought: undefined,
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
