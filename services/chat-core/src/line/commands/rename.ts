import { nickProblem } from '@partyline/protocol';
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
  renamePerson(draft, session, nick);
  return { type: 'renamed', nick };
};
