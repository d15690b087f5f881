import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { believing, recogniseProxies } from './accept/forwarded.ts';
import type { Proxies } from './accept/proxies.ts';
import { bindHost } from './bind-host.ts';
import { measureRequests } from './http-metrics.ts';
import { answerWithProblems } from './http-problems.ts';
import type { Log } from './log.ts';
import { type Ops, opsRoutes } from './ops.ts';

/** An HTTP server; its routes are added to it before it listens. */
export type HttpServer = FastifyInstance;

/** How long a request may take to come, its head of it, and how long a connection may be idle, in milliseconds. */
export const httpTimes = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 65_000,
} as const;

/**
 * An HTTP server as every service has it: problem+json, bounded times and sizes, health and
 * metrics. Requests are logged when they fail; what is usual is counted, not logged.
 */
export const createHttpServer = (
  options: Ops & {
    readonly log: Log;
    /** Proxies that are believed whom they ask for; nobody is when there are none. */
    readonly proxies?: Proxies;
  },
): HttpServer => {
  const { headersTimeout, ...times } = httpTimes;
  const { proxies } = options;
  const server: HttpServer = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    ...times,
    bodyLimit: 1_048_576,
    http: { headersTimeout },
    ...(proxies !== undefined && believing(proxies)),
  });
  if (proxies !== undefined) recogniseProxies(server, proxies);
  answerWithProblems(server);
  measureRequests(server, options.metrics);
  opsRoutes(server, options);
  return server;
};

/** Listens, `*` being every address of the machine; tells the port, which 0 lets the system choose. */
export const listenHttp = async (
  server: HttpServer,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> => {
  await server.listen({
    host: bindHost(host),
    port,
    listenTextResolver: (at) => `listening on ${at}`,
  });
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};
