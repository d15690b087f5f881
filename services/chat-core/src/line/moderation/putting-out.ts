import type { SessionRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { end, release } from '../lifetime.ts';
import { leave } from '../membership.ts';

/** Puts a session out of a room; it is told why, and so are the others. */
export const putOut = (
  draft: Draft,
  session: SessionRow,
  room: string,
  { reason = '', by }: { readonly reason?: string; readonly by?: string },
): void => {
  if (!draft.members.of(session.session).has(room)) return;
  leave(draft, session, room, { how: 'removed', by, reason });
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: {
      ...{ type: 'removed', session: session.session, room, reason },
      ...(by !== undefined && { by }),
    },
  });
  if (!draft.attached.has(session.instance)) release(draft, session.session);
};

/** Ends a session that can't come back. */
export const throwOut = (
  draft: Draft,
  session: SessionRow,
  reason: string,
  cause: 'kicked' | 'password-changed' = 'kicked',
): void => {
  end(draft, session, { resumable: false, reason });
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: {
      ...{ type: 'ended', session: session.session, cause },
      ...(reason !== '' && { reason }),
    },
  });
};
