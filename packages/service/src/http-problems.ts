import { type Problem, problem, problemDocument, problems } from '@partyline/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Answers with an RFC 9457 document; `detail` is what is particular to this occurrence. */
export const sendProblem = (
  reply: FastifyReply,
  it: Problem,
  detail?: string,
  status: number = problems[it.code].status,
): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json')
    .send({ ...problemDocument(it), status, ...(detail !== undefined && { detail }) });

const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;

/** Makes a server answer whatever no route answers (unknown path, bad request, a bug) with problem+json. */
export const answerWithProblems = (server: FastifyInstance): void => {
  server.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    return sendProblem(reply, problem('path-unknown', { path }));
  });
  server.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 400 && status < 500) {
      const reason = error instanceof Error ? error.message : String(error);
      return sendProblem(reply, problem('request-bad', { reason }), undefined, status);
    }
    request.log.error({ err: error, url: request.url }, 'request failed');
    return sendProblem(reply, problem('internal'));
  });
};
