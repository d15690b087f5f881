import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { answerWithProblems } from './http-problems.ts';
import type { Log } from './log.ts';
import { type Ops, opsRoutes } from './ops.ts';

/**
 * An HTTP server as every service has it: problem+json, bounded times and sizes, health and
 * metrics. Requests are logged when they fail; what is usual is counted, not logged.
 */
export const createHttpServer = (options: Ops & { readonly log: Log }): FastifyInstance => {
  const server: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    bodyLimit: 1_048_576,
    http: { headersTimeout: 10_000 },
  });
  answerWithProblems(server);
  opsRoutes(server, options);
  return server;
};
