import { setTimeout } from 'node:timers/promises';
import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import { SessionLine } from './following/lines.ts';
import { createSnapshots, followSessions } from './following/sessions.ts';
import { isWatched, Watch } from './following/watch.ts';
import { Next, pageOf, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { Session, sessionExample, sessionInfo } from './session.ts';

export const sessions = (api: Api, { read, bell, follow, now }: AdminParts): void => {
  const snapshot = createSnapshots({ read, elapsed: () => performance.now(), sleep: setTimeout });

  api.get(
    '/v1/sessions',
    {
      config: { scope: 'read', lines: SessionLine },
      schema: {
        operationId: 'sessions.list',
        summary: 'Who is connected, by session id',
        querystring: Type.Object({ ...pageQuery(), watch: Watch }),
        response: {
          200: Type.Object(
            { next: Next, sessions: Type.Array(Session) },
            { examples: [{ sessions: [sessionExample] }] },
          ),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      if (isWatched(request))
        return follow(reply, (signal) => followSessions({ snapshot, bell, now }, signal));
      const { after, limit } = request.query;
      const found = await read.sessions(after, limit + 1);
      const { page, ...next } = pageOf(found, limit, (it) => it.session);
      return { ...next, sessions: page.map(sessionInfo) };
    },
  );
};
