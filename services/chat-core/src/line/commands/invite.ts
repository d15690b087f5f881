import { isPairRoom, isProblem, nickKey, problem, roomName } from '@partyline/protocol';
import type { SessionRow } from '../../store/rows.ts';
import { runs } from '../admission.ts';
import type { Draft } from '../draft.ts';
import { leave } from '../membership.ts';
import { doer } from '../moderation/doing.ts';
import { actor, type Decider } from './asked.ts';
import { joinedRoom } from './say.ts';

const invited = (draft: Draft, session: SessionRow, room: string, by: string): void => {
  if (session.state !== 'live') return;
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: { type: 'invited', session: session.session, room, by },
  });
};

/** Puts somebody out of a private room who is invited no more. */
const putOut = (draft: Draft, session: SessionRow, room: string, by: string): void => {
  if (!draft.members.of(session.session).has(room)) return;
  leave(draft, session, room, { how: 'removed', by });
  if (session.state !== 'live') return;
  const why = problem('room-invitation-needed', { room });
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: { type: 'removed', session: session.session, room, reason: '', problem: why },
  });
};

/** Invites somebody, who may be away if the nick is registered; or takes the invitation back. */
export const invite: Decider<'invite'> = (asked) => {
  const { draft, command } = asked;
  if (isPairRoom(command.room)) return problem('room-unknown', { room: command.room });
  const name = roomName(command.room);
  if (isProblem(name)) return name;
  const session = actor(asked);
  if ('code' in session) return session;
  const room = joinedRoom(draft, session, name);
  if ('code' in room) return room;
  const by = doer(asked, name, 'invite');
  if ('code' in by) return by;

  const key = nickKey(command.nick);
  const person = draft.holder(key)?.person ?? draft.registered(key)?.account;
  if (person === undefined) return problem('nick-unknown', { nick: command.nick });
  const theirs = draft.sessionsOf(person);
  if (command.remove !== true) {
    if (!draft.isInvited(name, person)) {
      draft.invite({ room: name, person, at: draft.now });
      for (const it of theirs) invited(draft, it, name, session.nick);
    }
    return { type: 'done' };
  }
  draft.uninvite(name, person);
  // What a guest was given holds by its session.
  for (const it of theirs) draft.uninvite(name, it.session);
  if (room.visibility === 'private')
    for (const it of theirs) if (!runs(draft, room, it)) putOut(draft, it, name, session.nick);
  return { type: 'done' };
};
