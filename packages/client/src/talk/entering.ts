import { type EnteredFrame, isPairRoom, type RoomFrame } from '../line/wire.ts';
import { type Conversation, newRoom } from './conversation.ts';
import {
  type Moment,
  noTalk,
  ofRoom,
  openPrivate,
  put,
  type Remembered,
  type Talk,
} from './talk.ts';

const isSameLog = (talk: Talk, frame: EnteredFrame): boolean =>
  talk.epoch === '' || talk.epoch === frame.epoch;

/** The same session, in the same log: what is here goes on. */
const goesOn = (talk: Talk, frame: EnteredFrame): boolean =>
  frame.resumed && isSameLog(talk, frame);

/** A private conversation whose log is over; the next message starts another. */
const ended = (it: Conversation): Conversation => ({
  ...it,
  room: undefined,
  timeline: { ...it.timeline, first: 0, last: 0, complete: true },
  head: 0,
  read: 0,
  mark: 0,
});

/** A room that the new session is not in yet, read up to an event of the same log. */
const awaited = (room: string, read = 0): Conversation =>
  newRoom({ room, seq: 0, since: 0, members: 0 }, 0, read);

/** A room that the session is in now. */
export const opened = (talk: Talk, state: RoomFrame, remembered: Remembered | undefined): Talk => {
  const known = ofRoom(talk, state.room);
  if (known === undefined || known.timeline.items.length === 0) {
    const { [state.room]: cursor } = remembered?.cursors ?? {};
    const { [state.room]: read = known?.read || undefined } = remembered?.read ?? {};
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

/** Somebody came in, or on. */
export const entered = (talk: Talk, frame: EnteredFrame, { remembered }: Moment): Talk => {
  const { nickname: me, session, epoch, sumUsers: online } = frame;
  const conversations = new Map<string, Conversation>();
  const listed = new Set(frame.rooms.map(({ room }) => room));
  for (const it of talk.conversations.values()) {
    if (goesOn(talk, frame)) {
      if (it.kind === 'private' || listed.has(it.name))
        conversations.set(it.key, { ...it, members: undefined });
    } else if (it.kind === 'room')
      conversations.set(it.key, awaited(it.name, isSameLog(talk, frame) ? it.read : 0));
    else if (it.timeline.items.length > 0) conversations.set(it.key, ended(it));
  }
  const known = goesOn(talk, frame) ? remembered : undefined;
  let next: Talk = { ...talk, me, session, epoch, online, conversations };
  for (const state of frame.rooms) if (!isPairRoom(state.room)) next = opened(next, state, known);
  if (known !== undefined) next = reopened(next, known);
  const wanted = known?.current ?? talk.current;
  const [first = talk.current] = next.conversations.keys();
  return { ...next, current: next.conversations.has(wanted) ? wanted : first };
};

/** The conversations of an earlier life of the client, until the line is up: empty, but there. */
export const recalled = (me: string, remembered: Remembered): Talk => {
  const { cursors, read, epoch = '' } = remembered;
  const rooms = Object.entries(cursors)
    .filter(([room]) => !isPairRoom(room))
    .map(([room, cursor]) => awaited(room, read[room] ?? cursor));
  const conversations = new Map(rooms.map((it) => [it.key, it]));
  const talk = reopened({ ...noTalk, me, epoch, conversations }, remembered);
  const [first = talk.current] = talk.conversations.keys();
  const { current } = remembered;
  return { ...talk, current: talk.conversations.has(current) ? current : first };
};
