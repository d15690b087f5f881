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
  const { session, nick, account, person } = row;
  const accountNick = draft.accountNick(person);
  return {
    type: 'opened',
    session,
    nick,
    ...(account !== null && { account }),
    ...(accountNick !== undefined && { accountNick }),
    epoch: draft.epoch,
    online: draft.online,
    rooms: standings(draft, row),
    ...(invitations.length > 0 && { invitations: [...invitations] }),
  };
};
