import { Type } from 'typebox';
import { type Api, Limit, Milliseconds, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

const AuditEntry = Type.Object({
  n: Type.Integer({ description: '1, 2, 3 …' }),
  at: Milliseconds('When'),
  by: Type.String({ description: 'The nick of who did it' }),
  person: Type.String({ description: 'The account or session behind it' }),
  deed: Type.String({ examples: ['ban'] }),
  room: Type.String({ description: '* is the whole server' }),
  target: Type.Optional(Type.String({ description: 'To whom' })),
  detail: Type.Optional(Type.String({ description: 'The role, for how long, how slow' })),
  reason: Type.String(),
});

export const audit = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/audit',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'audit.list',
        summary: 'What moderators and operators did, oldest first',
        querystring: Type.Object({
          after: Type.Integer({ minimum: 0, default: 0 }),
          limit: Limit(1_000, 100),
        }),
        response: {
          200: Type.Object({
            next: Type.Optional(
              Type.Integer({
                description: 'Where the next page begins: give it as `after` again',
              }),
            ),
            audit: Type.Array(AuditEntry),
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { after, limit } = request.query;
      const found = await read.moderation.audit(after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const entries = page.map(({ target, detail, ...it }) => ({
        ...it,
        ...(target !== null && { target }),
        ...(detail !== null && { detail }),
      }));
      return {
        ...(found.length > limit && last !== undefined && { next: last.n }),
        audit: entries,
      };
    },
  );
};
