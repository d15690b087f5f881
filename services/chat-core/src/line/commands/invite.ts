import { isPairRoom, isProblem, type Problem, problem, roomName } from '@partyline/protocol';
import type { RoomRow, SessionRow } from '../../store/rows.ts';
import { runs } from '../admission.ts';
import { type Draft, OPERATOR } from '../draft.ts';
import { tellInvited } from '../invitations.ts';
import { release } from '../lifetime.ts';
import { leave } from '../membership.ts';
import { called, doer, record } from '../moderation/doing.ts';
import { tellRoom } from '../moderation/telling.ts';
import { type Asked, actor, type Decider } from './asked.ts';
import { joinedRoom } from './say.ts';

/** Puts somebody out of a private room who is invited no more. */
const putOut = (draft: Draft, session: SessionRow, room: string, by: string): void => {
  if (!draft.members.of(session.session).has(room)) return;
  leave(draft, session, room, { how: 'removed', by });
  if (session.state !== 'live') return;
  const why = problem('room-invitation-needed', { room });
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: { type: 'removed', session: session.session, room, by, reason: '', problem: why },
  });
  if (!draft.attached.has(session.instance)) release(draft, session.session);
};

/** The room that somebody is to be let into; the operator needn't be there. */
const roomToInviteTo = (asked: Asked<'invite'>): RoomRow | Problem => {
  const { draft, command, by } = asked;
  if (isPairRoom(command.room)) return problem('room-unknown', { room: command.room });
  const name = roomName(command.room);
  if (isProblem(name)) return name;
  if (by.instance === OPERATOR) return draft.room(name) ?? problem('room-unknown', { room: name });
  const session = actor(asked);
  return 'code' in session ? session : joinedRoom(draft, session, name);
};

/** Invites somebody, who may be away if the nick is registered; or takes the invitation back. */
export const invite: Decider<'invite'> = (asked) => {
  const { draft, command } = asked;
  const room = roomToInviteTo(asked);
  if ('code' in room) return room;
  const { room: name } = room;
  const by = doer(asked, name, 'invite');
  if ('code' in by) return by;
  const target = called(draft, command.nick);
  if (target === undefined) return problem('nick-unknown', { nick: command.nick });
  const { nick, person, sessions } = target;

  if (command.remove !== true) {
    if (draft.isInvited(name, person)) return { type: 'done' };
    const isHere = sessions.some((it) => it.state === 'live');
    const told = isHere ? 1 : 0;
    draft.invite({ room: name, person, at: draft.now, by: by.nick, told });
    record(draft, by, { deed: 'invite', room: name, target: nick });
    tellRoom(draft, name, by, { deed: 'invite', nick }, sessions);
    for (const it of sessions) tellInvited(draft, it, { room: name, by: by.nick });
    return { type: 'done' };
  }
  draft.uninvite(name, person);
  // What a guest was given holds by its session.
  for (const it of sessions) draft.uninvite(name, it.session);
  record(draft, by, { deed: 'uninvite', room: name, target: nick });
  if (room.visibility === 'private')
    for (const it of sessions) if (!runs(draft, room, it)) putOut(draft, it, name, by.nick);
  return { type: 'done' };
};
