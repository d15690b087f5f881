import type { Role } from '../line/room-frames.ts';
import type { ListFrame, PresenceFrame } from '../line/wire.ts';
import { nickKey, roomKey, sortNicks, withMember, withoutMember } from './conversation.ts';
import { change, type Moment, put, type Talk, withNick } from './talk.ts';
import { addChange, type Change } from './timeline.ts';

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

/** Who is away after it. */
const absent = (away: ReadonlyMap<string, string>, frame: PresenceFrame) => {
  if (frame.change === 'more' || frame.change === 'joined') return away;
  const before = frame.change === 'renamed' ? frame.was : frame.nickname;
  const why = frame.change === 'away' ? (frame.text ?? '') : away.get(nickKey(before));
  if (why === undefined) return away;
  const next = new Map(away);
  next.delete(nickKey(before));
  if (frame.change === 'away' || frame.change === 'renamed') next.set(nickKey(frame.nickname), why);
  return next;
};

/** What a frame adds to what is read; who is away is shown beside their name. */
const changeOf = (frame: PresenceFrame): Change | undefined => {
  switch (frame.change) {
    case 'joined':
      return { change: 'joined', nick: frame.nickname };
    case 'left': {
      const { nickname: nick, reason } = frame;
      return { change: 'left', nick, ...(reason !== undefined && { reason }) };
    }
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

/** Somebody came, went, or is called otherwise. */
export const presence = (talk: Talk, frame: PresenceFrame, { now, key }: Moment): Talk => {
  const online = { ...talk, online: frame.online };
  const renamed = frame.change === 'renamed' ? followed(online, frame.was, frame.nickname) : online;
  const shown = changeOf(frame);
  return change(renamed, roomKey(frame.room), (it) => ({
    ...it,
    members: changed(it.members, frame),
    away: absent(it.away, frame),
    memberCount: frame.members,
    timeline: shown === undefined ? it.timeline : addChange(it.timeline, shown, now, key),
  }));
};

/** Who is in a room, as it was asked for. */
export const members = (talk: Talk, frame: ListFrame): Talk => {
  const away = new Map<string, string>();
  const roles = new Map<string, Role>();
  for (const it of frame.members) {
    if (it.away !== undefined) away.set(nickKey(it.nickname), it.away);
    if (it.role !== undefined) roles.set(nickKey(it.nickname), it.role);
  }
  return change({ ...talk, away: away.get(nickKey(talk.me)) }, roomKey(frame.room), (it) => ({
    ...it,
    ...{ away, roles },
    members: sortNicks(frame.users),
    memberCount: frame.count,
  }));
};
