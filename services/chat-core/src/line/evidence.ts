import { type Problem, problem } from '@partyline/protocol';
import type { AccountRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';

/**
 * By what somebody has proved to be an account, before it was decided what becomes of it: the
 * password, as it was kept then (its salt makes it no other's), or a certificate's fingerprint.
 */
export type Evidence = { readonly password: string } | { readonly certificate: string };

/** The account that was proved, if what proved it still does. */
export const provenAccount = (
  draft: Draft,
  { account: id, evidence }: { readonly account: string; readonly evidence: Evidence },
): AccountRow | Problem => {
  const account = draft.account(id);
  if ('password' in evidence)
    return account?.password === evidence.password ? account : problem('password-wrong');
  const isTheirs = draft.certificate(evidence.certificate)?.account === id;
  return account !== undefined && isTheirs ? account : problem('certificate-unknown');
};
