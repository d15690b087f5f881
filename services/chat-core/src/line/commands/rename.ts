import { nickKey, nickProblem } from '@partyline/protocol';
import { bannedFromAny } from '../moderation/standing.ts';
import { nameTaken, renamePerson } from '../naming.ts';
import { actor, type Decider } from './asked.ts';

/** Gives a person another nick. */
export const rename: Decider<'rename'> = (asked) => {
  const { draft, command } = asked;
  const session = actor(asked);
  if ('code' in session) return session;
  const { nick } = command;
  const wrong = nickProblem(nick) ?? nameTaken(draft, nick, session);
  if (wrong !== undefined) return wrong;
  const rooms = draft.members.of(session.session).keys();
  const banned = bannedFromAny(draft, rooms, { ...session, nameKey: nickKey(nick) });
  if (banned !== undefined) return banned;
  renamePerson(draft, session, nick);
  return { type: 'renamed', nick };
};
