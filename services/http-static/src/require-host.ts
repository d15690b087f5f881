import { problem } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import type { AnswerProblem } from './answers/problem.ts';

/** Refuses requests of HTTP/1.1 that name no host (RFC 9112 §3.2), as whoever asks likes it, and closes. */
export const requireHost = (site: FastifyInstance, answerProblem: AnswerProblem): void => {
  site.addHook('onRequest', async (request, reply) => {
    const { httpVersion, headers } = request.raw;
    if (httpVersion !== '1.1' || headers.host !== undefined) return;
    reply.header('connection', 'close');
    return answerProblem(request, reply, problem('http-bad', { reason: 'it has no Host' }));
  });
};
