import { isProblem, limits, nickProblem } from '@partyline/protocol';
import { claimOf } from './certificates.ts';
import type { Handler, MemberHandler } from './desk.ts';

/** Who goes by nicks; what nobody can be called isn't asked for. */
export const people: MemberHandler<'people'> = async (desk, { nicks }, { session }) => {
  const asked = nicks.filter((nick) => nickProblem(nick) === undefined);
  const known = asked.slice(0, limits.peopleAsked);
  return {
    type: 'people',
    people: known.length === 0 ? [] : await desk.line.people(known, session),
  };
};

export const prove: Handler<'prove'> = async (desk, request) => {
  const who = claimOf(desk, request);
  if (isProblem(who)) return who;
  const identity = await desk.prove(who);
  return 'code' in identity ? identity : { type: 'proven', ...identity };
};
