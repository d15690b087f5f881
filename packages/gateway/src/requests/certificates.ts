import { isProblem, type Problem, problem } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Claim } from '../line.ts';
import type { SomeClaim } from '../request.ts';
import type { Desk, Member, MemberHandler, RequestOf } from './desk.ts';

/** Who a client says to be, by a password or by the certificate that it shows. */
export const claimOf = ({ certificate }: Desk, { nick, password }: SomeClaim): Claim | Problem => {
  if (password !== undefined) return { nick, password };
  if (certificate === undefined) return problem('certificate-missing');
  return { certificate, ...(nick !== undefined && { nick }) };
};

export const certificates: MemberHandler<'certificates'> = async (desk, _, { session }) => {
  const found = await desk.line.certificates(session);
  return isProblem(found) ? found : { type: 'certificates', certificates: found };
};

/** Adds a certificate to those of the client's account, or takes it from them. */
export const certify = async (
  desk: Desk,
  { type, fingerprint = desk.certificate }: RequestOf<'certify' | 'decertify'>,
  member: Member,
): Promise<Answer | Problem> => {
  if (fingerprint === undefined) return problem('certificate-missing');
  const left = await desk.line[type](member.session, fingerprint);
  return isProblem(left) ? left : { type: 'certificates', certificates: left };
};
