import { createHttpServer, type Log, listenHttp, type Metrics } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { requireToken } from '../auth.ts';
import type { Line } from '../line/line.ts';
import { answerUnavailable } from '../unavailable.ts';
import { accounts } from './accounts.ts';
import type { Api } from './api.ts';
import { audit } from './audit.ts';
import { backups } from './backups.ts';
import { bans } from './bans.ts';
import { bots } from './bots.ts';
import { letTokensIn } from './caller.ts';
import { certificates } from './certificates.ts';
import { commands } from './commands.ts';
import { tagAnswers } from './etag.ts';
import { events } from './events.ts';
import { exporting } from './export.ts';
import { createFollow } from './following/follow.ts';
import { instances } from './instances.ts';
import { kick } from './kick.ts';
import { moderation } from './moderation.ts';
import { openapi } from './openapi.ts';
import { operators } from './operators.ts';
import { overview } from './overview.ts';
import { linkPages } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { createPerform } from './perform.ts';
import { createRationing } from './rationing.ts';
import { reference } from './reference/index.ts';
import { roles } from './roles.ts';
import { rooms } from './rooms.ts';
import { say } from './say.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { status } from './status.ts';
import { statusPage } from './status-page/index.ts';
import { tokens } from './tokens.ts';
import { topic } from './topic.ts';
import { watches } from './watches.ts';
import { webhooksIn } from './webhooks-in.ts';
import { webhooksOut } from './webhooks-out.ts';

export type AdminOptions = Omit<AdminParts, 'perform' | 'follow' | 'now'> & {
  readonly line: Line;
  /** Requests that one token may ask at once, and for long. */
  readonly burst: number;
  readonly perSecond: number;
  /** Streams of lines at once. */
  readonly streams: number;
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** True while what is published can be written; else why not. */
  readonly ready: () => true | string;
  readonly onWrongToken: () => void;
};

/** The running admin API. */
export interface Admin extends AsyncDisposable {
  readonly port: number;
}

/** `curl -d` says that it sends a form; what is in it is JSON here whatever it is called. */
const takeJson = (api: FastifyInstance): void => {
  api.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    api.getDefaultJsonParser('error', 'error'),
  );
};

/** Serves the admin API, and health and metrics without the token. */
export const startAdmin = async (options: AdminOptions): Promise<Admin> => {
  const { host, port, token, log, metrics, ready, onWrongToken, read, line } = options;
  const now = Date.now;
  const stop = new AbortController();
  const parts: AdminParts = {
    ...{ ...options, now, perform: createPerform({ line, read, now }) },
    follow: createFollow({ most: options.streams, log, stop: stop.signal }),
  };
  let document = (): object => ({});
  const server = createHttpServer({ ready, metrics, log });
  await server.register(async (api) => {
    const { burst, perSecond } = options;
    const rationing = createRationing({ burst, perSecond, elapsed: () => performance.now() });
    rationing.beforeToken(api);
    requireToken(api, {
      ...{ token, log },
      onWrong: (request) => {
        rationing.wrong(request);
        onWrongToken();
      },
      orElse: letTokensIn(api, { read, now }),
    });
    rationing.afterToken(api);
    answerUnavailable(api);
    api.addHook('preClose', async () => stop.abort());
    takeJson(api);
    tagAnswers(api);
    linkPages(api);
    await openapi(api);
    document = () => api.swagger();
    for (const route of [
      ...[overview, status, rooms, topic, events, search, say, sessions, kick, instances],
      ...[moderation, roles, bans, operators, accounts, certificates, audit, tokens],
      ...[bots, webhooksIn, webhooksOut, commands, watches, backups, exporting],
    ])
      route(api as Api, parts);
  });
  statusPage(server, options.status.locale);
  reference(server, () => document(), options.status.locale);
  const bound = await listenHttp(server, { host, port });
  return { port: bound, [Symbol.asyncDispose]: () => server.close() };
};
