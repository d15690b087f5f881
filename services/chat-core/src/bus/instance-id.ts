import { problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply } from 'fastify';

const pattern = /^[A-Za-z0-9._-]{1,64}$/;

/** An instance's id as a request names it; undefined, and answered, when it is none. */
export const instanceIn = (id: unknown, reply: FastifyReply): string | undefined => {
  if (typeof id === 'string' && pattern.test(id)) return id;
  const reason = 'The instance must be named, by 1 to 64 letters, digits and . _ -';
  sendProblem(reply, problem('request-bad', { reason }));
  return undefined;
};
