import { isPairRoom, isProblem, limits, problem, roomName } from '@partyline/protocol';
import { admissionProblem } from '../admission.ts';
import { enter, found, leave, standing } from '../membership.ts';
import { oneLine } from '../moderation/doing.ts';
import { bannedFrom } from '../moderation/standing.ts';
import { actor, type Decider } from './asked.ts';

/** Enters a room, which is made when there is none. Where one is already, the answer is the same. */
export const join: Decider<'join'> = (asked) => {
  const { draft, command } = asked;
  const session = actor(asked);
  if ('code' in session) return session;
  const name = roomName(command.room);
  if (isProblem(name)) return name;
  const rooms = draft.members.of(session.session);
  const isFull =
    !rooms.has(name) &&
    rooms
      .keys()
      .filter((it) => !isPairRoom(it))
      .toArray().length >= limits.roomsPerSession;
  if (isFull) return problem('rooms-too-many', { limit: limits.roomsPerSession });
  const wrong = rooms.has(name)
    ? undefined
    : (bannedFrom(draft, name, session) ?? admissionProblem(draft, session, name));
  if (wrong !== undefined) return wrong;
  found(draft, session, name);
  enter(draft, session, name);
  const room = standing(draft, session, name);
  return room === undefined ? problem('internal') : { type: 'joined', room };
};

/** Leaves a room. A pair's log can't be left. */
export const part: Decider<'part'> = (asked) => {
  const { draft, command } = asked;
  const session = actor(asked);
  if ('code' in session) return session;
  if (isPairRoom(command.room)) return problem('room-unknown', { room: command.room });
  const room = roomName(command.room);
  if (isProblem(room)) return room;
  const reason = oneLine(command.reason);
  if (draft.members.of(session.session).has(room))
    leave(draft, session, room, { how: 'parted', reason });
  return { type: 'parted', room };
};
