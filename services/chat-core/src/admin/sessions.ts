import { Type } from 'typebox';
import { type Api, Limit, Milliseconds, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

/** A session as the admin API tells it. */
export const Session = Type.Object({
  session: Type.String(),
  nick: Type.String(),
  account: Type.Optional(Type.String()),
  state: Type.Enum(['live', 'detached'], {
    description: 'Detached: its connection vanished, and it may yet resume',
  }),
  instance: Type.String({ description: 'The service that holds it' }),
  wire: Type.String({ examples: ['text+tcp'] }),
  address: Type.Optional(Type.String()),
  openedAt: Milliseconds('When it came'),
  rooms: Type.Array(Type.String()),
});

export const sessions = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/sessions',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'sessions.list',
        summary: 'Who is connected, by session id',
        querystring: Type.Object({
          after: Type.String({ default: '', description: 'The last page’s `next`' }),
          limit: Limit(1_000, 100),
        }),
        response: {
          200: Type.Object({
            next: Type.Optional(Type.String({ description: 'Give it as `after` for more' })),
            sessions: Type.Array(Session),
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { after, limit } = request.query;
      const page = await read.sessions(after, limit);
      const last = page.length === limit ? page.at(-1) : undefined;
      return {
        ...(last !== undefined && { next: last.session }),
        sessions: page.map((it) => ({ ...it, rooms: [...it.rooms] })),
      };
    },
  );
};
