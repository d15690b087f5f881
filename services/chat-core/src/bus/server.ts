import { answerWithProblems, type Log, type Metrics, measureRequests } from '@partyline/service';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { requireToken } from '../auth.ts';
import { answerUnavailable } from '../unavailable.ts';
import { accountsRoute } from './accounts-route.ts';
import { letBotsIn } from './caller.ts';
import { certificatesRoute } from './certificates-route.ts';
import { instancesRoute } from './instances-route.ts';
import type { BusParts } from './parts.ts';
import { publishRoute } from './publish-route.ts';
import { readsRoute } from './reads-route.ts';
import { searchRoute } from './search-route.ts';
import { subscribeRoute } from './subscribe-route.ts';

export type BusServerOptions = BusParts & {
  readonly token: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onWrongToken: () => void;
};

/** The bus over HTTP: all that passes between chat-core and the other services. */
export const createBusServer = (options: BusServerOptions): FastifyInstance => {
  const { token, log, metrics, onWrongToken, streams } = options;
  const server: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    // Longer than a quiet instance's connection is idle, so that none is closed under a publish.
    keepAliveTimeout: 120_000,
    forceCloseConnections: 'idle',
  });
  answerWithProblems(server);
  measureRequests(server, metrics);
  requireToken(server, {
    ...{ token, log, onWrong: onWrongToken },
    orElse: letBotsIn(server, options.recognize),
  });
  server.addHook('preClose', async () => streams.endAll());
  server.register(async (bus) => {
    answerUnavailable(bus);
    for (const route of [
      publishRoute,
      subscribeRoute,
      instancesRoute,
      readsRoute,
      searchRoute,
      accountsRoute,
      certificatesRoute,
    ])
      route(bus, options);
  });
  return server;
};
