import type { InstanceRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { end } from '../lifetime.ts';
import { SWEPT_SESSIONS } from '../load-subject.ts';

/** Nobody could come back while chat-core was away: all get their full time again. */
export const wake = (draft: Draft): undefined => {
  for (const it of draft.loaded.instances.values())
    if (it !== undefined) draft.putInstance({ ...it, leaseUntil: draft.now + draft.rules.leaseMs });
  for (const it of draft.loaded.due)
    if (it.state === 'detached')
      draft.putSession({ ...it, until: draft.now + draft.rules.graceMs });
};

/** Ends what has run out of time. Gives whether there may be more of it. */
export const sweep = (draft: Draft): boolean => {
  const { held, due, instances } = draft.loaded;
  for (const it of due)
    if (it.state === 'ended') draft.dropSession(it.session);
    else expire(draft, it.session);
  for (const it of held) expire(draft, it.session);
  draft.moderation.lapse();
  for (const key of draft.loaded.lockouts.keys()) draft.dropLockout(key);
  const isMore = held.length === SWEPT_SESSIONS || due.length === SWEPT_SESSIONS;
  if (!isMore)
    for (const it of instances.values())
      if (it !== undefined && endsAt(it) <= draft.now) draft.dropInstance(it.instance);
  return isMore;
};

/** A bot's instance ends with its token, whatever its lease. */
const endsAt = ({ leaseUntil, bot }: InstanceRow): number =>
  Math.min(leaseUntil, bot?.until ?? leaseUntil);

const expire = (draft: Draft, id: string): void => {
  const session = draft.session(id);
  if (session === undefined || session.state === 'ended') return;
  end(draft, session, { resumable: true });
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: { type: 'ended', session: id, cause: 'expired' },
  });
};
