import { type Locale, problem } from '@partyline/protocol';
import {
  believing,
  type Log,
  measureRequests,
  type Ops,
  opsRoutes,
  type Proxies,
  recogniseProxies,
} from '@partyline/service';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { learnMethods } from './allowed-methods.ts';
import { type AnswerProblem, pathUnknown, problemAnswers } from './answers/problem.ts';
import { limitBodies } from './body-deadline.ts';
import type { FileStore } from './files/store.ts';
import type { LineAddress } from './line-address.ts';
import { createPages } from './pages/pages.ts';
import { requireHost } from './require-host.ts';
import { type AboutParts, aboutRoute } from './routes/about/index.ts';
import { downloadRoute } from './routes/files/download.ts';
import { resumableRoute } from './routes/files/resumable.ts';
import type { Sharing } from './routes/files/sharing.ts';
import { createUploads, uploadRoute } from './routes/files/upload.ts';
import { type GuestbookParts, guestbookRoute } from './routes/guestbook/index.ts';
import { type PageConfig, pageConfigRoute } from './routes/page-config.ts';
import { type RoomParts, roomRoute } from './routes/room/index.ts';
import { webClientReady, webClientRoute } from './routes/web-client.ts';
import { refuseOtherSites } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { redirectToHttps } from './server/to-https.ts';
import type { Floods } from './visitors/floods.ts';

/** Where nothing else is said, no request is larger. */
const BODY_BYTES = 16_384;

type Made = 'pages' | 'words' | 'answerProblem' | 'uploads';

export type SiteOptions = Omit<RoomParts & AboutParts & GuestbookParts, Made> & {
  readonly sharing: Sharing;
  readonly files: FileStore;
  /** The folder of the built web client, absolute. */
  readonly webRoot: string;
  readonly name: string;
  readonly locale: Locale;
  readonly address: LineAddress;
  readonly filesTaken: PageConfig['files'];
  /** How often one address may sign the guestbook. */
  readonly guestbookFloods: Floods;
  /** Proxies whose word about clients' addresses is taken. */
  readonly proxies: Proxies;
  /** The port of HTTPS to which those who come by HTTP are sent; they aren't when left out. */
  readonly redirectTo?: number;
  /** Whether the line is there, or why not. */
  readonly ready: Ops['ready'];
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

const errorAnswers =
  (answerProblem: AnswerProblem, log: Log) =>
  (
    error: RequestError,
    ...[request, reply]: [Parameters<AnswerProblem>[0], Parameters<AnswerProblem>[1]]
  ) => {
    if (isPathError(error)) return answerProblem(request, reply, pathUnknown(request));
    const { statusCode = 500, message: reason, headers = {} } = error;
    if (statusCode < 500)
      return answerProblem(
        request,
        reply.headers(headers),
        problem('request-bad', { reason }),
        statusCode,
      );
    log.error({ err: error, url: request.url }, 'request failed');
    return answerProblem(request, reply, problem('internal'));
  };

/** The website: one file or folder in `routes` for each thing it answers. */
export const createSite = async (options: SiteOptions): Promise<FastifyInstance> => {
  const { webRoot, name, locale, address, metrics, log } = options;
  const pages = createPages({ locale, name });
  const answerProblem = problemAnswers(pages);
  const answerError = errorAnswers(answerProblem, log);

  const site: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    // HTTP/2 takes any bytes for an address, and hands them on as Latin-1.
    rewriteUrl: ({ url = '/', httpVersionMajor }) =>
      httpVersionMajor === 2 ? Buffer.from(url, 'latin1').toString('utf8') : url,
    frameworkErrors: answerError,
    ...believing(options.proxies),
  });
  measureRequests(site, metrics);
  recogniseProxies(site, options.proxies);
  const allowedMethods = learnMethods(site);
  limitBodies(site);
  site.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(address, request.host));
  });
  requireHost(site, answerProblem);
  if (options.redirectTo !== undefined) redirectToHttps(site, options.redirectTo);
  refuseOtherSites(site, answerProblem);
  site.setNotFoundHandler((request, reply) => {
    const unknown = pathUnknown(request);
    const path = String(unknown.params?.path);
    const { method } = request;
    const allowed = allowedMethods(path);
    if (allowed.length === 0 || allowed.includes(method))
      return answerProblem(request, reply, unknown);
    const methods = allowed.join(', ');
    reply.header('allow', methods);
    return answerProblem(request, reply, problem('method-refused', { path, method, methods }));
  });
  site.setErrorHandler(answerError);

  const ready = (): true | string => {
    const isBuilt = webClientReady(webRoot);
    return isBuilt === true ? options.ready() : isBuilt;
  };
  opsRoutes(site, { ready, metrics });
  pageConfigRoute(site, { ...address, name, locale, files: options.filesTaken });
  pages.route(site);
  const uploads = createUploads({ sharing: options.sharing, texts: pages.texts, answerProblem });
  const made = { pages, answerProblem, uploads, words: options.formats.text.renderer };
  roomRoute(site, { ...options, ...made });
  guestbookRoute(site, { ...options, ...made, floods: options.guestbookFloods });
  uploadRoute(site, uploads);
  resumableRoute(site, { ...options, answerProblem });
  downloadRoute(site, { files: options.files, answerProblem });
  const about = aboutRoute(site, { ...options, ...made });
  await webClientRoute(site, webRoot, about);
  await site.ready();
  return site;
};
