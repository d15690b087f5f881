import { problem } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import type { AnswerProblem } from './answers/problem.ts';

const changesNothing: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets no page of another site do something with a visitor's browser. Browsers say whose page asks
 * (https://www.w3.org/TR/fetch-metadata/, and Origin in older ones); programs say nothing.
 */
export const refuseOtherSites = (site: FastifyInstance, answerProblem: AnswerProblem): void => {
  site.addHook('onRequest', async (request, reply) => {
    if (changesNothing.has(request.method)) return;
    const { origin, 'sec-fetch-site': from } = request.headers;
    const isOwn =
      typeof from === 'string'
        ? from === 'same-origin' || from === 'none'
        : origin === undefined || URL.parse(origin)?.host === request.host;
    if (!isOwn)
      return answerProblem(
        request,
        reply,
        problem('origin-refused', { origin: origin ?? 'other sites' }),
      );
  });
};
