import { problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { LineUnavailable } from './line/line.ts';

/** Answers 503 where the line could not make a request durable: it may be sent again as it is. */
export const answerUnavailable = (scope: FastifyInstance): void => {
  scope.setErrorHandler((error, _request, reply) => {
    if (error instanceof LineUnavailable) return sendProblem(reply, problem('unavailable'));
    // To the server's own handler.
    throw error;
  });
};
