import type { Invitation } from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import type { Answered } from './log.ts';
import { standings } from './membership.ts';

/** What a session is told when it comes in, or on. */
export const opened = (
  draft: Draft,
  row: SessionRow,
  invitations: readonly Invitation[] = [],
): Answered => {
  const { session, nick, account } = row;
  return {
    type: 'opened',
    session,
    nick,
    ...(account !== null && { account }),
    epoch: draft.epoch,
    online: draft.online,
    rooms: standings(draft, row),
    ...(invitations.length > 0 && { invitations: [...invitations] }),
  };
};
