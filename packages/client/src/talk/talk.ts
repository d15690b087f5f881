import { isPairRoom } from '../line/wire.ts';
import { type Conversation, newPrivate, nickKey, roomKey, sameNick } from './conversation.ts';
import { addNote, trim as trimTimeline } from './timeline.ts';

/** All conversations of one person, as far as the server told. */
export type Talk = {
  readonly me: string;
  readonly session: string;
  readonly epoch: string;
  readonly online: number;
  /** Why one is away oneself, possibly without a word; undefined when one isn't. */
  readonly away: string | undefined;
  /** In the order they were opened. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly current: string;
};

/** What an earlier life of the client knew of its conversations. */
export type Remembered = {
  /** Of the log; the numbers hold only within it. */
  readonly epoch?: string;
  readonly current: string;
  /** The last event read of each room. */
  readonly read: Readonly<Record<string, number>>;
  readonly cursors: Readonly<Record<string, number>>;
  readonly privates: readonly { readonly nick: string; readonly room: string | undefined }[];
};

export const noTalk: Talk = {
  me: '',
  session: '',
  epoch: '',
  online: 0,
  away: undefined,
  conversations: new Map(),
  current: roomKey('lobby'),
};

/** The circumstances in which a frame is heard. */
export type Moment = {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Not used twice. */
  readonly key: string;
  /** Whether somebody is looking at the end of the current conversation. */
  readonly watching: boolean;
  /** What an earlier life of the client knew, for its first login. */
  readonly remembered: Remembered | undefined;
};

export const put = (talk: Talk, conversation: Conversation): Talk => ({
  ...talk,
  conversations: new Map(talk.conversations).set(conversation.key, conversation),
});

/** Changes a conversation, if it is there. */
export const change = (
  talk: Talk,
  key: string,
  how: (conversation: Conversation) => Conversation,
): Talk => {
  const conversation = talk.conversations.get(key);
  if (conversation === undefined) return talk;
  const changed = how(conversation);
  return changed === conversation ? talk : put(talk, changed);
};

/** The conversation whose log is `room`. */
export const ofRoom = (talk: Talk, room: string): Conversation | undefined => {
  const direct = talk.conversations.get(roomKey(room));
  if (direct !== undefined || !isPairRoom(room)) return direct;
  return [...talk.conversations.values()].find((it) => it.room === room);
};

/** The private conversation with whoever has this nick now. */
export const withNick = (talk: Talk, nick: string): Conversation | undefined =>
  [...talk.conversations.values()].find((it) => it.kind === 'private' && sameNick(it.name, nick));

/** Opens the private conversation with a nick. */
export const openPrivate = (
  talk: Talk,
  nick: string,
  ...rest: [room?: string, cursor?: number, read?: number]
): readonly [Talk, Conversation] => {
  const open = withNick(talk, nick);
  if (open !== undefined) return [talk, open];
  let key = `@${nickKey(nick)}`;
  while (talk.conversations.has(key)) key += '+';
  const conversation = newPrivate(key, nick, ...rest);
  return [put(talk, conversation), conversation];
};

export const close = (talk: Talk, key: string): Talk => {
  const conversations = new Map(talk.conversations);
  conversations.delete(key);
  const current =
    talk.current === key ? (conversations.keys().next().value ?? talk.current) : talk.current;
  return { ...talk, conversations, current };
};

/** Everything of a conversation is read, as far as it has come. */
export const readAll = (talk: Talk, key: string): Talk =>
  change(talk, key, (it) => (it.read >= it.head ? it : { ...it, read: it.head }));

/** Goes to a conversation; news in it begin after what was read. */
export const goTo = (talk: Talk, key: string): Talk =>
  talk.conversations.has(key)
    ? { ...change(talk, key, (it) => ({ ...it, mark: it.read })), current: key }
    : talk;

/** Tells this reader something, in a conversation. */
export const tell = (
  talk: Talk,
  tone: 'info' | 'error',
  text: string,
  { now, key }: Pick<Moment, 'now' | 'key'>,
  where = talk.current,
): Talk =>
  change(talk, where, (it) => ({
    ...it,
    timeline: addNote(it.timeline, tone, text, now, key),
  }));

/** Pages that were on their way won't come. */
export const noneLoading = (talk: Talk): Talk => {
  const conversations = new Map<string, Conversation>();
  for (const [key, it] of talk.conversations)
    conversations.set(
      key,
      it.loading ? { ...it, loading: false, sought: undefined, asked: false } : it,
    );
  return { ...talk, conversations };
};

/** Drops what is furthest from what is read, where a conversation's window has grown long. */
export const trim = (talk: Talk, key: string, side: 'oldest' | 'newest'): Talk =>
  change(talk, key, (it) => {
    const timeline = trimTimeline(it.timeline, side);
    return timeline === it.timeline ? it : { ...it, timeline };
  });
