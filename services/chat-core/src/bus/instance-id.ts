import { problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isBot } from '../people/bot.ts';

const pattern = /^[A-Za-z0-9._-]{1,64}$/;
const botPattern = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * An instance's id as a request names it; undefined, and answered, when it is none. What a bot names
 * is within its own account, so that it can't be, or hear, anybody else.
 */
export const instanceIn = (
  id: unknown,
  { grant }: FastifyRequest,
  reply: FastifyReply,
): string | undefined => {
  if (grant !== undefined && typeof id === 'string' && botPattern.test(id))
    return `${grant.bot}.${id}`;
  const isOfBot = typeof id === 'string' && isBot(id.split('.', 1)[0] ?? '');
  if (grant === undefined && typeof id === 'string' && pattern.test(id) && !isOfBot) return id;
  const reason =
    grant === undefined
      ? 'The instance must be named, by 1 to 64 letters, digits and . _ -'
      : 'The instance must be named, by 1 to 40 letters, digits and _ -';
  sendProblem(reply, problem('request-bad', { reason }));
  return undefined;
};
