import {
  type EnteredFrame,
  type EventFrame,
  type GapFrame,
  type HistoryFrame,
  isEvent,
  isPairRoom,
  type PresenceFrame,
  type PrivateFrame,
  type RoomFrame,
  type ServerFrame,
} from '../line/wire.ts';
import {
  type Conversation,
  newPrivate,
  newRoom,
  nickKey,
  roomKey,
  sameNick,
  sortNicks,
  withMember,
  withoutMember,
} from './conversation.ts';
import {
  addChange,
  addGap,
  addNote,
  addPage,
  append,
  type Change,
  emptyTimeline,
  trim,
} from './timeline.ts';

/** All conversations of one person, as far as the server told. */
export type Talk = {
  readonly me: string;
  readonly session: string;
  readonly epoch: string;
  readonly online: number;
  /** In the order they were opened. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly current: string;
};

/** What the page knew before it was loaded again. */
export type Remembered = {
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
  /** What the page knew before it was loaded, for its first login. */
  readonly remembered: Remembered | undefined;
};

const put = (talk: Talk, conversation: Conversation): Talk => ({
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

/** The same session, in the same log: what is here goes on. */
const goesOn = (talk: Talk, frame: EnteredFrame): boolean =>
  frame.resumed && (talk.epoch === '' || talk.epoch === frame.epoch);

/** A private conversation whose log is over; the next message starts another. */
const ended = (it: Conversation): Conversation => ({
  ...it,
  room: undefined,
  timeline: { ...it.timeline, first: 0, last: 0, complete: true },
  head: 0,
  read: 0,
  mark: 0,
});

/** A room that the new session is not in yet. */
const awaited = (room: string): Conversation => newRoom({ room, seq: 0, since: 0, members: 0 });

const opened = (talk: Talk, state: RoomFrame, remembered: Remembered | undefined): Talk => {
  const known = ofRoom(talk, state.room);
  if (known === undefined || known.timeline.items.length === 0) {
    const { [state.room]: cursor } = remembered?.cursors ?? {};
    const { [state.room]: read } = remembered?.read ?? {};
    return put(talk, newRoom(state, cursor, read));
  }
  const head = Math.max(known.head, state.seq);
  return put(talk, { ...known, head, memberCount: state.members, topic: state.topic ?? '' });
};

const reopened = (talk: Talk, { privates, cursors, read }: Remembered): Talk =>
  privates.reduce((so, { nick, room = '' }) => {
    const cursor = cursors[room] ?? 0;
    return openPrivate(so, nick, room || undefined, cursor, read[room] ?? cursor)[0];
  }, talk);

const entered = (talk: Talk, frame: EnteredFrame, { remembered }: Moment): Talk => {
  const { nickname: me, session, epoch, sumUsers: online } = frame;
  const conversations = new Map<string, Conversation>();
  const listed = new Set(frame.rooms.map(({ room }) => room));
  for (const it of talk.conversations.values()) {
    if (goesOn(talk, frame)) {
      if (it.kind === 'private' || listed.has(it.name))
        conversations.set(it.key, { ...it, members: undefined });
    } else conversations.set(it.key, it.kind === 'private' ? ended(it) : awaited(it.name));
  }
  const known = goesOn(talk, frame) ? remembered : undefined;
  let next: Talk = { ...talk, me, session, epoch, online, conversations };
  for (const state of frame.rooms) if (!isPairRoom(state.room)) next = opened(next, state, known);
  if (known !== undefined) next = reopened(next, known);
  const wanted = known?.current ?? talk.current;
  const [first = talk.current] = next.conversations.keys();
  return { ...next, current: next.conversations.has(wanted) ? wanted : first };
};

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

const event = (talk: Talk, frame: EventFrame, { watching }: Moment): Talk => {
  const [next, conversation] =
    frame.type === 'p2p' ? ofPrivate(talk, frame) : [talk, ofRoom(talk, frame.room)];
  if (conversation === undefined) return talk;
  const head = Math.max(conversation.head, frame.seq);
  const author = frame.type === 'p2p' ? frame.from : frame.nickname;
  const mine = sameNick(author, talk.me);
  const seen = mine || (watching && conversation.key === talk.current);
  const caughtUp = conversation.read >= conversation.head;
  const timeline = append(conversation.timeline, frame);
  return put(next, {
    ...conversation,
    timeline: seen && watching ? trim(timeline) : timeline,
    topic: frame.type === 'topic' ? frame.text : conversation.topic,
    head,
    read: seen ? head : conversation.read,
    mark: newMark(conversation, { mine, seen, caughtUp, head }),
  });
};

const changed = (
  members: readonly string[] | undefined,
  frame: PresenceFrame,
): readonly string[] | undefined => {
  if (members === undefined) return undefined;
  switch (frame.change) {
    case 'joined':
      return withMember(members, frame.nickname);
    case 'left':
      return withoutMember(members, frame.nickname);
    case 'renamed':
      return withMember(withoutMember(members, frame.was), frame.nickname);
    case 'away':
    case 'back':
    case 'more':
      return members;
  }
};

/** What a frame adds to what is read; who is away is shown nowhere yet. */
const changeOf = (frame: PresenceFrame): Change | undefined => {
  switch (frame.change) {
    case 'joined':
    case 'left':
      return { change: frame.change, nick: frame.nickname };
    case 'renamed':
      return { change: 'renamed', nick: frame.nickname, was: frame.was };
    case 'away':
    case 'back':
      return undefined;
    case 'more':
      return { change: 'more', joined: frame.joined, left: frame.left };
  }
};

/** A private conversation follows whoever it is with. */
const followed = (talk: Talk, was: string, nick: string): Talk => {
  const open = withNick(talk, was);
  return open === undefined || withNick(talk, nick) !== undefined
    ? talk
    : put(talk, { ...open, name: nick });
};

const presence = (talk: Talk, frame: PresenceFrame, { now, key }: Moment): Talk => {
  const online = { ...talk, online: frame.online };
  const renamed = frame.change === 'renamed' ? followed(online, frame.was, frame.nickname) : online;
  const shown = changeOf(frame);
  return change(renamed, roomKey(frame.room), (it) => ({
    ...it,
    members: changed(it.members, frame),
    memberCount: frame.members,
    timeline: shown === undefined ? it.timeline : addChange(it.timeline, shown, now, key),
  }));
};

const page = (talk: Talk, frame: HistoryFrame): Talk => {
  const open = ofRoom(talk, frame.room);
  return open === undefined
    ? talk
    : put(talk, { ...open, timeline: addPage(open.timeline, frame), loading: false });
};

const gap = (talk: Talk, frame: GapFrame, { key }: Moment): Talk => {
  const open = ofRoom(talk, frame.room);
  if (open === undefined) return talk;
  const cursor = frame.next - 1;
  const sameLog = frame.epoch === talk.epoch && open.timeline.last <= cursor;
  const timeline = addGap(sameLog ? open.timeline : emptyTimeline(cursor), frame.next, key);
  const read = sameLog ? open.read : cursor;
  return put(talk, { ...open, timeline, head: Math.max(cursor, read), read, mark: read });
};

/** What a frame changes in the conversations. */
export const hear = (talk: Talk, frame: ServerFrame, moment: Moment): Talk => {
  if (isEvent(frame)) return event(talk, frame, moment);
  switch (frame.type) {
    case 'login':
      return frame.success ? entered(talk, frame, moment) : talk;
    case 'join':
      return opened(talk, frame, undefined);
    case 'part':
      return close(talk, roomKey(frame.room));
    case 'log':
      return presence(talk, frame, moment);
    case 'history':
      return page(talk, frame);
    case 'gap':
      return { ...gap(talk, frame, moment), epoch: frame.epoch };
    case 'list':
      return change(talk, roomKey(frame.room), (it) => ({
        ...it,
        members: sortNicks(frame.users),
        memberCount: frame.count,
      }));
    case 'topic':
      return change(talk, roomKey(frame.room), (it) => ({ ...it, topic: frame.text }));
    case 'rename':
    case 'identified':
    case 'registered':
      return { ...talk, me: frame.nickname };
    case 'error':
      return frame.of === 'history' ? noneLoading(talk) : talk;
    default:
      return talk;
  }
};

/** Tells this reader something, in the conversation that is open. */
export const tell = (
  talk: Talk,
  tone: 'info' | 'error',
  text: string,
  { now, key }: Pick<Moment, 'now' | 'key'>,
): Talk =>
  change(talk, talk.current, (it) => ({
    ...it,
    timeline: addNote(it.timeline, tone, text, now, key),
  }));

/** Pages that were on their way won't come. */
export const noneLoading = (talk: Talk): Talk => {
  const conversations = new Map<string, Conversation>();
  for (const [key, it] of talk.conversations)
    conversations.set(key, it.loading ? { ...it, loading: false, asked: false } : it);
  return { ...talk, conversations };
};
