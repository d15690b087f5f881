import { type Locale, problem, problemDocument } from '@partyline/protocol';
import { type Log, type Ops, opsRoutes, sendProblem } from '@partyline/service';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { notFound } from './routes/not-found.ts';
import { pageConfigRoute } from './routes/page-config.ts';
import { webClientReady, webClientRoute } from './routes/web-client.ts';
import { type LineAddress, securityHeaders } from './security-headers.ts';

/** Time for a whole request, for its head, and how often both are looked after. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;
const CHECK_MS = 2_000;

/** Longer than the minute that proxies commonly keep theirs, so that none sends into one just being closed. */
const KEEP_ALIVE_MS = 72_000;

/** No page takes more yet. */
const BODY_BYTES = 16_384;

export type SiteOptions = {
  /** The folder of the built web client, absolute. */
  readonly webRoot: string;
  readonly name: string;
  readonly locale: Locale;
  readonly line: LineAddress;
  readonly metrics: Ops['metrics'];
  readonly log: Log;
};

type RequestError = Error & {
  readonly code?: string;
  readonly statusCode?: number;
  /** What the answer must say besides: with 416, how long the file is. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Whether a request failed since its path names nothing that may be shown: malformed, or out of the folder. */
const isPathError = ({ code, statusCode }: RequestError): boolean =>
  code === 'FST_ERR_BAD_URL' || statusCode === 403 || statusCode === 404;

/** The website: one file in `routes` for each thing it answers. */
export const createSite = async (options: SiteOptions): Promise<FastifyInstance> => {
  const { webRoot, name, locale, line, metrics, log } = options;
  const answerNotFound = notFound(locale);
  const answerError = (
    error: RequestError,
    ...[request, reply]: Parameters<typeof answerNotFound>
  ) => {
    if (isPathError(error)) return answerNotFound(request, reply);
    const { statusCode = 500, message: reason, headers = {} } = error;
    if (statusCode < 500)
      return reply
        .code(statusCode)
        .headers(headers)
        .type('application/problem+json')
        .send({ ...problemDocument(problem('request-bad', { reason })), status: statusCode });
    log.error({ err: error, url: request.url }, 'request failed');
    return sendProblem(reply, problem('internal'));
  };

  const site: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS },
    bodyLimit: BODY_BYTES,
    frameworkErrors: answerError,
  });
  site.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(line, request.headers.host));
  });
  site.setNotFoundHandler(answerNotFound);
  site.setErrorHandler(answerError);

  opsRoutes(site, { ready: () => webClientReady(webRoot), metrics });
  pageConfigRoute(site, { ...line, name, locale });
  await webClientRoute(site, webRoot);
  return site;
};
