import { cleanText, EVERYWHERE, type Problem, problem } from '@partyline/protocol';
import type { SessionRow } from '../../store/rows.ts';
import * as lifetime from '../lifetime.ts';
import { oneLine, record } from '../moderation/doing.ts';
import { throwOut } from '../moderation/putting-out.ts';
import type { Asked, Decider } from './asked.ts';

/** The session, however it is, unless another instance holds it now. */
const own = ({
  draft,
  session,
  by,
}: Pick<Asked<'close'>, 'draft' | 'session' | 'by'>): SessionRow | Problem => {
  const row = draft.session(session);
  return row?.instance === by.instance ? row : problem('session-unknown', { session });
};

/** Somebody went. Said again, it is done already. */
export const close: Decider<'close'> = (asked) => {
  const session = own(asked);
  if ('code' in session) return session;
  const { reason = '', resumable = false } = asked.command;
  if (session.state !== 'ended')
    lifetime.end(asked.draft, session, { resumable, reason: cleanText(reason) });
  return { type: 'done' };
};

/** A connection vanished; its session may come back within the grace time. */
export const detach: Decider<'detach'> = (asked) => {
  const session = own(asked);
  if ('code' in session) return session;
  lifetime.detach(asked.draft, session);
  return { type: 'done' };
};

/** Throws a session out. */
export const kick: Decider<'kick'> = ({ draft, id, command, by }) => {
  const session = draft.session(command.target);
  if (session === undefined) return problem('session-unknown', { session: command.target });
  if (session.state === 'ended') return { type: 'done' };
  const reason = oneLine(command.reason);
  throwOut(draft, session, reason);
  const who = { nick: by.kind, person: by.kind, id };
  record(draft, who, { deed: 'kick', room: EVERYWHERE, target: session.nick, reason });
  return { type: 'done' };
};
