import { randomUUID } from 'node:crypto';
import { isProblem, limits, problem } from '@partyline/protocol';
import {
  answerWithProblems,
  type Log,
  listenHttp,
  type Metrics,
  measureRequests,
  sendProblem,
} from '@partyline/service';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Line } from '../../line/line.ts';
import type { BotRation } from '../../people/bot-ration.ts';
import type { Recognize } from '../../people/credentials.ts';
import { answerUnavailable } from '../../unavailable.ts';
import { idempotencyKey, readSaying } from './saying.ts';

export type WebhookServerOptions = {
  readonly line: Line;
  readonly recognize: Recognize;
  readonly ration: BotRation;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly host: string;
  readonly port: number;
};

/** Where a webhook takes what is to be said. */
export const webhookPath = (token: string): string => `/hooks/${token}`;

const webhookRoute = (
  scope: FastifyInstance,
  { line, recognize, ration }: WebhookServerOptions,
): void => {
  scope.post<{ Params: { token: string }; Body: string | undefined }>(
    webhookPath(':token'),
    async (request, reply) => {
      const grant = await recognize(request.params.token, 'webhook');
      const [room] = grant?.rooms ?? [];
      if (grant === undefined || room === undefined)
        return sendProblem(reply, problem('webhook-unknown'));
      const flood = ration(grant.bot, 1);
      if (flood !== undefined) {
        reply.header('retry-after', flood.params?.seconds);
        return sendProblem(reply, flood);
      }
      const { 'content-type': type = '', 'idempotency-key': key } = request.headers;
      const said = readSaying(request.body ?? '', type);
      if (isProblem(said)) return sendProblem(reply, said);
      const { text, nick = grant.nick } = said;
      const id = said.id ?? idempotencyKey(key) ?? randomUUID();
      if (id === '' || [...id].length > limits.idCodePoints)
        return sendProblem(reply, problem('id-bad', { limit: limits.idCodePoints }));
      const command = { type: 'announce', room, text, nick } as const;
      const [outcome] = await line.publish(grant.bot, [{ id, session: grant.bot, command }], grant);
      if (outcome?.type === 'published') {
        const { seq, at } = outcome;
        return { room, seq, at };
      }
      return sendProblem(
        reply,
        outcome?.type === 'refused' ? outcome.problem : problem('internal'),
      );
    },
  );
};

/** A listener that has webhooks and nothing else, so that it may be reached from outside. */
export const startWebhookServer = async (options: WebhookServerOptions) => {
  const { log, metrics, host, port } = options;
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    // A text of the longest kind, escaped as JSON or a form.
    bodyLimit: 4 * limits.frameBytes,
    http: { headersTimeout: 5_000 },
  });
  answerWithProblems(server);
  measureRequests(server, metrics);
  server.register(async (scope) => {
    answerUnavailable(scope);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    webhookRoute(scope, options);
  });
  const bound = await listenHttp(server, { host, port });
  return { port: bound, [Symbol.asyncDispose]: () => server.close() };
};
