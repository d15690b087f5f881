import { isPairRoom, isProblem, type Problem, problem, roomName } from '@partyline/protocol';
import type { RoomRow } from '../../store/rows.ts';
import { runs } from '../admission.ts';
import { OPERATOR } from '../draft.ts';
import type { Answered } from '../log.ts';
import { roomFor } from '../membership.ts';
import { type Asked, actor, type Decider } from './asked.ts';
import { joinedRoom } from './say.ts';

/** The room that is to be set; the operator makes it when there is none. */
const roomToConfigure = (asked: Asked<'configure'>, isChange: boolean): RoomRow | Problem => {
  const { draft, command, by } = asked;
  const name = roomName(command.room);
  if (isProblem(name)) return name;
  if (by.instance === OPERATOR) return roomFor(draft, name);
  const session = actor(asked);
  if ('code' in session) return session;
  const room = joinedRoom(draft, session, name);
  if ('code' in room || !isChange || runs(room, session)) return room;
  return problem('owner-needed', { room: name });
};

const configured = ({ room, visibility, speak, keepMs, keepCount }: RoomRow): Answered => ({
  ...{ type: 'configured', room },
  settings: { visibility, speak, keepMs, keepCount },
});

/** Sets a room, or tells those in it how it is set. Whoever is in a room that becomes private stays. */
export const configure: Decider<'configure'> = (asked) => {
  const { draft, command } = asked;
  if (isPairRoom(command.room)) return problem('room-unknown', { room: command.room });
  const { type: _type, room: _room, ...settings } = command;
  const isChange = Object.keys(settings).length > 0;
  const room = roomToConfigure(asked, isChange);
  if ('code' in room) return room;
  const changed: RoomRow = { ...room, ...settings };
  if (isChange) draft.putRoom(changed);
  return configured(changed);
};
