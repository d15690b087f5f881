import { isProblem, nickProblem } from '@partyline/protocol';
import { claimOf } from './certificates.ts';
import type { MemberHandler } from './desk.ts';

export const rename: MemberHandler<'rename'> = async (desk, { nick }, member) => {
  const wrong = nickProblem(nick);
  if (wrong !== undefined) return wrong;
  const receipt = await desk.publish('renamed', { type: 'rename', nick });
  if (isProblem(receipt)) return receipt;
  member.nick = receipt.nick;
  return { type: 'renamed', nick: receipt.nick };
};

/** Makes the nick that the client goes by its own, with a password. */
export const register: MemberHandler<'register'> = async (desk, { password }, member) => {
  const identity = await desk.line.register(member.session, password);
  if (isProblem(identity)) return identity;
  member.nick = identity.nick;
  member.person = identity.account;
  return { type: 'registered', ...identity };
};

/** Takes a registered nick. */
export const identify: MemberHandler<'identify'> = async (desk, request, member) => {
  const who = claimOf(desk, request);
  if (isProblem(who)) return who;
  const identity = await desk.line.identify(member.session, who);
  if (isProblem(identity)) return identity;
  member.nick = identity.nick;
  member.person = identity.account;
  return { type: 'identified', ...identity };
};
