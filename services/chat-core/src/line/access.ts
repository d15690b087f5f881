import type { AccountRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { throwOut } from './moderation/putting-out.ts';

/**
 * Ends what an account's old password let in, but for the session that gives it another one: those
 * that are here, and those that ended and might yet resume. Says how many were here.
 */
export const endOthers = (draft: Draft, { account }: AccountRow, but?: string): number => {
  const others = draft.sessionsOf(account).filter((it) => it.session !== but);
  for (const it of others) throwOut(draft, it, '', 'password-changed');
  for (const it of draft.loaded.resumable) draft.dropSession(it.session);
  return others.length;
};
