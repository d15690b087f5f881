import { problem } from '@partyline/protocol';
import { invitedMeanwhile } from '../invitations.ts';
import { hold } from '../lifetime.ts';
import { opened } from '../opened.ts';
import { isSameToken, sessionOf } from '../token.ts';
import type { Decider } from './asked.ts';

/** A session goes on over another connection. While it had not ended, nobody sees anything of it. */
export const resume: Decider<'resume'> = ({ draft, command, by }) => {
  const { token, wire, address = null } = command;
  const session = draft.session(sessionOf(token));
  if (session === undefined || !isSameToken(token, session.tokenHash))
    return problem('resume-unknown');
  const isForgotten = session.state === 'ended' && (session.until ?? 0) <= draft.now;
  if (isForgotten) return problem('resume-unknown');

  const refused = hold(draft, session, { instance: by.instance, wire, address });
  if (refused !== undefined) return refused;
  // On the same instance the gateway itself closes the connection that it supersedes.
  if (session.state === 'live' && session.instance !== by.instance)
    draft.effects.push({
      type: 'line',
      instance: session.instance,
      line: { type: 'ended', session: session.session, cause: 'resumed' },
    });
  const now = draft.session(session.session) ?? session;
  return opened(draft, now, invitedMeanwhile(draft, now));
};
