import { isPairRoom, pairPersons } from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { enter } from './membership.ts';

/** Two persons begin to write to each other: those who have an account are shown it all some day. */
export const beginPair = (
  draft: Draft,
  room: string,
  accounts: readonly (string | null)[],
): void => {
  for (const account of new Set(accounts))
    if (account !== null) draft.putCursor({ room, account, seq: 0 });
};

/** A live session is shown nothing more: what its account is written from here on waits. */
export const keepCursors = (draft: Draft, { session, account }: SessionRow): void => {
  if (account === null) return;
  for (const room of draft.members.of(session).keys())
    if (isPairRoom(room) && pairPersons(room).includes(account))
      draft.putCursor({ room, account, seq: draft.room(room)?.seq ?? 0 });
};

/** Where a session comes in to be shown what waits. */
export type Entrance = { readonly room: string; readonly since: number };

/**
 * Brings an account's session into the logs in which something waits, from where on it does.
 * Beside another live session nothing waits: that one is shown everything.
 */
export const enterWaiting = (draft: Draft, session: SessionRow): readonly Entrance[] => {
  const { account } = session;
  if (account === null) return [];
  const others = draft.sessionsOf(account).filter((it) => it.session !== session.session);
  if (others.some((it) => it.state === 'live')) return [];
  const rooms = draft.members.of(session.session);
  const entrances = draft
    .waiting(account)
    .filter((it) => !rooms.has(it.room))
    .map(({ room, seq }) => ({ room, since: seq }));
  for (const { room, since } of entrances) enter(draft, session, room, since);
  return entrances;
};
