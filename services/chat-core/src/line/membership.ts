import {
  type Departure,
  isPairRoom,
  LOBBY,
  type PresenceChange,
  type RoomState,
  usualSettings,
} from '@partyline/protocol';
import { topicOf } from '../store/room-info.ts';
import type { RoomRow, SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { rankIn } from './moderation/standing.ts';

/** A room, made when there is none yet. */
export const roomFor = (draft: Draft, room: string): RoomRow => {
  const found = draft.room(room);
  if (found !== undefined) return found;
  const made: RoomRow = {
    ...{ room, seq: 0, lastAt: 0, members: 0, topic: null, topicBy: null, topicAt: null },
    ...usualSettings,
    ...{ slowMs: 0, createdAt: draft.now },
  };
  draft.putRoom(made);
  return made;
};

/** Makes a room that somebody asks for when there is none yet: it is theirs. The lobby is nobody's. */
export const found = (draft: Draft, { person }: SessionRow, room: string): void => {
  if (draft.room(room) !== undefined) return;
  roomFor(draft, room);
  if (room !== LOBBY) draft.moderation.putRole({ room, person, role: 'owner' });
};

/** A room as a session stands in it, or undefined when it is not in it. */
export const standing = (
  draft: Draft,
  { session, person }: Pick<SessionRow, 'session' | 'person'>,
  room: string,
): RoomState | undefined => {
  const since = draft.members.of(session).get(room);
  const row = draft.room(room);
  if (since === undefined || row === undefined) return undefined;
  const { seq, members, slowMs } = row;
  const rank = isPairRoom(room) ? 'member' : rankIn(draft, room, person);
  return {
    ...{ room, seq, since, members },
    ...topicOf(row),
    ...(rank !== 'member' && { role: rank }),
    ...(slowMs > 0 && { slowMs }),
  };
};

/** Every room of a session, as it stands in it. */
export const standings = (draft: Draft, session: SessionRow): RoomState[] =>
  Array.from(draft.members.of(session.session).keys(), (room) =>
    standing(draft, session, room),
  ).filter((it) => it !== undefined);

/** Whether a person is in a room by another session than this one. */
const isThereOtherwise = (draft: Draft, { session, person }: SessionRow, room: string): boolean =>
  draft
    .sessionsOf(person)
    .some((it) => it.session !== session && draft.members.of(it.session).has(room));

/** Puts a session into a room, from its log's end or from `since` on. Others are told of the person once. */
export const enter = (draft: Draft, session: SessionRow, room: string, since?: number): void => {
  const { seq } = roomFor(draft, room);
  if (draft.members.of(session.session).has(room)) return;
  draft.members.enter(session.session, room, Math.min(since ?? seq, seq));
  if (session.state === 'live')
    draft.effects.push({ type: 'reads', instance: session.instance, room, by: 1 });
  if (!isThereOtherwise(draft, session, room)) personJoined(draft, session, room);
};

/** How somebody came out of a room, as others are told. */
export type Leaving = {
  readonly how: Departure;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
};

/** Takes a session out of a room. Others are told once the person is out. */
export const leave = (draft: Draft, session: SessionRow, room: string, leaving: Leaving): void => {
  draft.members.leave(session.session, room);
  if (session.state === 'live')
    draft.effects.push({ type: 'reads', instance: session.instance, room, by: -1 });
  if (!isThereOtherwise(draft, session, room)) personLeft(draft, session, room, leaving);
};

/** A session begins or ceases to read its rooms on its instance, without leaving them. */
export const read = (draft: Draft, { session, instance }: SessionRow, by: 1 | -1): void => {
  for (const room of draft.members.of(session).keys())
    draft.effects.push({ type: 'reads', instance, room, by });
};

/** Adjusts how many people are in a room, and tells of it unless it is a pair's. */
const count = (draft: Draft, room: string, by: 1 | -1): { members: number; told: boolean } => {
  const row = roomFor(draft, room);
  const members = row.members + by;
  draft.putRoom({ ...row, members });
  return { members, told: !isPairRoom(room) };
};

/** Whom a change tells about. */
export const changer = (draft: Draft, { session, nick, person, realName }: SessionRow) => {
  const accountNick = draft.accountNick(person);
  return {
    ...{ nick, session, online: draft.online },
    ...(accountNick !== undefined && { accountNick }),
    ...(realName !== null && { realName }),
  };
};

const personJoined = (draft: Draft, session: SessionRow, room: string): void => {
  const { members, told } = count(draft, room, 1);
  const change = { change: 'joined', ...changer(draft, session) } as const;
  if (told) draft.effects.push({ type: 'presence', room, change, members });
};

const personLeft = (
  draft: Draft,
  session: SessionRow,
  room: string,
  { how, by, reason }: Leaving,
): void => {
  const { members, told } = count(draft, room, -1);
  const change: PresenceChange = {
    ...{ change: 'left' as const, ...changer(draft, session), how },
    ...(by !== undefined && { by }),
    ...(reason !== undefined && reason !== '' && { reason }),
  };
  if (told) draft.effects.push({ type: 'presence', room, change, members });
};
