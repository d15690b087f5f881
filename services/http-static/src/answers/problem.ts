import { type Problem, problem, problems, problemText } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pages } from '../pages/pages.ts';
import { liked } from './negotiation.ts';

/** Seconds after which somebody who found the line away or full may try again. */
const RETRY_AFTER_SECONDS = 5;

/** Answers with a problem; its status, unless another is given, is the problem's own. */
export type AnswerProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  it: Problem,
  status?: number,
) => FastifyReply;

/**
 * Answers with problems as the client likes them: a page to people, problem+json (RFC 9457) to
 * programs that ask for JSON, a line of text to curl.
 */
export const problemAnswers =
  (pages: Pages): AnswerProblem =>
  (request, reply, it, status = problems[it.code].status) => {
    reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (status === 429 || status === 503)
      reply.header('retry-after', String(it.params?.seconds ?? RETRY_AFTER_SECONDS));
    const text = problemText(it, pages.locale);
    switch (liked(request, 'text', 'html', 'json', 'problem', 'ndjson')) {
      case 'html': {
        const title = status === 404 ? pages.texts.nobody : pages.texts.wrong;
        return pages.send(reply, 'error', { title, text }, status);
      }
      case 'text':
        return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
      default:
        return sendProblem(reply, it, undefined, status);
    }
  };

/** Nothing is at the path that was asked for. */
export const pathUnknown = (request: FastifyRequest): Problem => {
  const [path = ''] = request.url.split('?', 1);
  return problem('path-unknown', { path });
};
