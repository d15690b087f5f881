import { EVERYWHERE, limits, type Problem, problem } from '@partyline/protocol';
import type { CertificateRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { operator, record } from '../moderation/doing.ts';
import type { TaskOf } from '../work.ts';

/** The account of a live session. */
const ownAccount = (draft: Draft, session: string): string | Problem => {
  const row = draft.session(session);
  if (row?.state !== 'live') return problem('session-unknown', { session });
  return row.account ?? problem('account-needed');
};

/** A certificate that is this account's. */
const certificateOf = (
  draft: Draft,
  account: string,
  fingerprint: string,
): CertificateRow | Problem => {
  const row = draft.certificate(fingerprint);
  return row?.account === account ? row : problem('certificate-unknown');
};

/** Whoever shows this certificate is the account's from now on. */
export const certify = (
  draft: Draft,
  { session, fingerprint }: TaskOf<'certify'>,
): Problem | undefined => {
  const account = ownAccount(draft, session);
  if (typeof account !== 'string') return account;
  const known = draft.certificate(fingerprint);
  if (known?.account === account) return undefined;
  if (known !== undefined) return problem('certificate-taken');
  const limit = limits.certificatesPerAccount;
  if (draft.loaded.certified.length >= limit) return problem('certificates-too-many', { limit });
  draft.putCertificate({ fingerprint, account, addedAt: draft.now });
  return undefined;
};

export const decertify = (
  draft: Draft,
  { session, fingerprint }: TaskOf<'decertify'>,
): Problem | undefined => {
  const account = ownAccount(draft, session);
  if (typeof account !== 'string') return account;
  const known = certificateOf(draft, account, fingerprint);
  if ('code' in known) return known;
  draft.dropCertificate(fingerprint);
  return undefined;
};

/** The operator takes a certificate from an account; sessions that came in by it stay. */
export const revoke = (
  draft: Draft,
  { account, fingerprint }: TaskOf<'revoke'>,
): Problem | undefined => {
  const owner = draft.account(account);
  if (owner === undefined) return problem('account-unknown', { nick: account });
  const known = certificateOf(draft, account, fingerprint);
  if ('code' in known) return known;
  draft.dropCertificate(fingerprint);
  record(draft, operator, {
    deed: 'revoke-certificate',
    room: EVERYWHERE,
    target: owner.nick,
    detail: fingerprint,
  });
  return undefined;
};
