import { limits, problem } from '@partyline/protocol';
import { changer } from '../membership.ts';
import { oneLine } from '../moderation/doing.ts';
import { tellPlaces } from '../naming.ts';
import { actor, type Decider } from './asked.ts';

/** Says what a person is called besides the nick, in all its sessions. Nobody checks it. */
export const setname: Decider<'setname'> = (asked) => {
  const { draft, command } = asked;
  const session = actor(asked);
  if ('code' in session) return session;
  const said = oneLine(command.realName);
  if ([...said].length > limits.realNameCodePoints)
    return problem('text-too-long', { limit: limits.realNameCodePoints });
  const realName = said === '' ? null : said;
  if (realName === session.realName) return { type: 'done' };
  for (const it of draft.sessionsOf(session.person)) draft.putSession({ ...it, realName });
  const change = { change: 'described', ...changer(draft, { ...session, realName }) } as const;
  tellPlaces(draft, session.person, change);
  return { type: 'done' };
};
