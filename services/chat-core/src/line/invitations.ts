import type { Invitation } from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';

/** Tells a live session that its person may come into a room. */
export const tellInvited = (
  draft: Draft,
  { session, instance, state }: SessionRow,
  invitation: Invitation,
): void => {
  if (state === 'live')
    draft.effects.push({
      ...{ type: 'line', instance },
      line: { type: 'invited', session, ...invitation },
    });
};

/** Where somebody who comes (back) was invited meanwhile; told once. */
export const invitedMeanwhile = (
  draft: Draft,
  { session, person }: SessionRow,
): readonly Invitation[] => {
  const rows = [...new Set([person, session])].flatMap((it) => draft.untold(it));
  for (const row of rows) draft.invite({ ...row, told: 1 });
  const rooms = draft.members.of(session);
  return rows.filter((it) => !rooms.has(it.room)).map(({ room, by }) => ({ room, by }));
};
