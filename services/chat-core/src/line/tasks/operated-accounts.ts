import { EVERYWHERE, type Problem, problem } from '@partyline/protocol';
import type { AccountRow } from '../../store/rows.ts';
import { endOthers } from '../access.ts';
import type { Draft } from '../draft.ts';
import { oneLine, operator, record } from '../moderation/doing.ts';
import { throwOut } from '../moderation/putting-out.ts';
import type { Reset, TaskOf } from '../work.ts';

/** A person's account; bots are dismissed, and have no password. */
const accountOf = (draft: Draft, id: string): AccountRow | Problem => {
  const account = draft.account(id);
  return account?.bot === null ? account : problem('account-unknown', { nick: id });
};

/** Ends every session of an account, and says how many there were. */
const endSessions = (draft: Draft, { account }: AccountRow, reason: string): number => {
  const sessions = draft.sessionsOf(account);
  for (const it of sessions) throwOut(draft, it, reason);
  return sessions.length;
};

const writeDown = (draft: Draft, deed: string, { nick }: AccountRow, reason = ''): void =>
  record(draft, operator, { deed, room: EVERYWHERE, target: nick, reason });

/**
 * Gives an account another password, which is all that lets in then: sessions are ended and
 * certificates revoked, since whoever had the old one may have added some.
 */
export const reset = (draft: Draft, task: TaskOf<'reset'>): Reset | Problem => {
  const account = accountOf(draft, task.account);
  if ('code' in account) return account;
  const ended = endOthers(draft, account);
  const { certified } = draft.loaded;
  for (const { fingerprint } of certified) draft.dropCertificate(fingerprint);
  draft.putAccount({ ...account, password: task.password });
  writeDown(draft, 'reset-password', account);
  return { ended, certificates: certified.length };
};

/** Puts an account out everywhere; it may come back. */
export const expel = (draft: Draft, task: TaskOf<'expel'>): number | Problem => {
  const account = accountOf(draft, task.account);
  if ('code' in account) return account;
  const reason = oneLine(task.reason);
  const ended = endSessions(draft, account, reason);
  writeDown(draft, 'end-sessions', account, reason);
  return ended;
};

/** Deletes an account: its roles, invitations and what waits for it are gone. What it said stays. */
export const forget = (draft: Draft, task: TaskOf<'forget'>): number | Problem => {
  const account = accountOf(draft, task.account);
  if ('code' in account) return account;
  const reason = oneLine(task.reason);
  const ended = endSessions(draft, account, reason);
  draft.dropAccount(account);
  draft.moderation.forget(account.account);
  writeDown(draft, 'delete-account', account, reason);
  return ended;
};
