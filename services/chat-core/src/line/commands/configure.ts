import {
  isPairRoom,
  isProblem,
  type Problem,
  problem,
  type Role,
  type RoomSettings,
  roomName,
  type SomeRoomSettings,
} from '@partyline/protocol';
import type { RoomRow } from '../../store/rows.ts';
import { type Draft, OPERATOR } from '../draft.ts';
import type { Answered } from '../log.ts';
import { roomFor } from '../membership.ts';
import { doer, record } from '../moderation/doing.ts';
import { rankIn } from '../moderation/standing.ts';
import { tellRoom } from '../moderation/telling.ts';
import { type Asked, actor, type Decider } from './asked.ts';
import { joinedRoom } from './say.ts';

/** The room that is to be set; the operator makes it when there is none. */
const roomToConfigure = (asked: Asked<'configure'>): RoomRow | Problem => {
  const { draft, command, by } = asked;
  const name = roomName(command.room);
  if (isProblem(name)) return name;
  if (by.instance === OPERATOR) return roomFor(draft, name);
  const session = actor(asked);
  if ('code' in session) return session;
  return joinedRoom(draft, session, name);
};

/** What whoever asks is in the room. */
const roleOf = ({ draft, session, by }: Asked<'configure'>, room: string): Role => {
  if (by.instance === OPERATOR) return 'operator';
  return rankIn(draft, room, draft.session(session)?.person ?? session);
};

const settingsOf = ({ visibility, speak, keepMs, keepCount }: RoomRow): RoomSettings => ({
  ...{ visibility, speak, keepMs, keepCount },
});

/** What of some settings isn't so yet. */
const differing = (settings: SomeRoomSettings, room: RoomRow): SomeRoomSettings =>
  Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => room[name as keyof RoomSettings] !== value),
  );

const configured = (asked: Asked<'configure'>, it: RoomRow): Answered => {
  const { room, slowMs } = it;
  return { type: 'configured', room, settings: settingsOf(it), slowMs, role: roleOf(asked, room) };
};

/** A bot that reads every public room reads one no longer that is private. */
const keepBotsOut = (draft: Draft, room: string): void => {
  for (const { instance } of draft.loaded.instances.values().filter((it) => it !== undefined)) {
    const row = draft.instance(instance);
    if (row?.bot === undefined || row.bot === null || row.bot.rooms.includes(room)) continue;
    if (!row.rooms.includes(room)) continue;
    draft.putInstance({ ...row, rooms: row.rooms.filter((it) => it !== room) });
    draft.effects.push({ type: 'unfollows', instance, room });
  }
};

/** How a room is set that the same publish set before. */
export const configuredAlready = (asked: Asked<'configure'>): Answered | Problem => {
  const name = roomName(asked.command.room);
  const room = isProblem(name) ? undefined : asked.draft.room(name);
  return room === undefined
    ? problem('room-unknown', { room: asked.command.room })
    : configured(asked, room);
};

/** Sets a room, or tells those in it how it is set. Whoever is in a room that becomes private stays. */
export const configure: Decider<'configure'> = (asked) => {
  const { draft, command } = asked;
  if (isPairRoom(command.room)) return problem('room-unknown', { room: command.room });
  const { type: _type, room: _room, ...settings } = command;
  const isChange = Object.keys(settings).length > 0;
  const room = roomToConfigure(asked);
  if ('code' in room) return room;
  const by = isChange ? doer(asked, room.room, 'configure') : undefined;
  if (isProblem(by)) return by;
  const changed: RoomRow = { ...room, ...settings };
  if (by !== undefined) {
    draft.putRoom(changed);
    if (changed.visibility === 'private') keepBotsOut(draft, room.room);
    record(draft, by, { deed: 'configure', room: room.room, detail: JSON.stringify(settings) });
    tellRoom(draft, room.room, by, {
      ...{ deed: 'configure', settings: settingsOf(changed) },
      changed: differing(settings, room),
    });
  }
  return configured(asked, changed);
};
