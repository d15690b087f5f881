import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import { Next, pageOf, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { Session, sessionExample, sessionInfo } from './session.ts';

export const sessions = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/sessions',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'sessions.list',
        summary: 'Who is connected, by session id',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, sessions: Type.Array(Session) },
            { examples: [{ sessions: [sessionExample] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query: { after, limit } }) => {
      const found = await read.sessions(after, limit + 1);
      const { page, ...next } = pageOf(found, limit, (it) => it.session);
      return { ...next, sessions: page.map(sessionInfo) };
    },
  );
};
