import { Type } from 'typebox';
import type { AuditRow } from '../store/moderation/rows.ts';
import { type Api, Limit, Milliseconds, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

const AuditEntry = Type.Object({
  n: Type.Integer({ description: '1, 2, 3 …' }),
  at: Milliseconds('When'),
  by: Type.String({ description: 'The nick of who did it' }),
  person: Type.String({ description: 'The account or session behind it' }),
  token: Type.Optional(Type.String({ description: 'The token of this API by which it was done' })),
  deed: Type.String({ examples: ['ban'] }),
  room: Type.String({ description: '* is the whole server' }),
  target: Type.Optional(Type.String({ description: 'To whom' })),
  detail: Type.Optional(Type.String({ description: 'The role, for how long, how slow' })),
  reason: Type.String(),
});

const auditInfo = ({ target, detail, token, id: _, ...it }: AuditRow) => ({
  ...it,
  ...(token !== null && { token }),
  ...(target !== null && { target }),
  ...(detail !== null && { detail }),
});

const example = {
  ...{ n: 1, at: 1_700_000_000_000, by: 'operator', person: 'operator', token: 'ci' },
  ...{ deed: 'ban', room: 'lobby', target: '192.0.2.0/24', detail: '86400 s', reason: 'spam' },
};

export const audit = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/audit',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'audit.list',
        summary: 'What moderators and operators did, oldest first',
        querystring: Type.Object({
          after: Type.Integer({ minimum: 0, default: 0, description: 'The last page’s `next`' }),
          limit: Limit(1_000, 100),
        }),
        response: {
          200: Type.Object(
            {
              next: Type.Optional(
                Type.Integer({
                  description: 'Where the next page begins: give it as `after` again',
                }),
              ),
              audit: Type.Array(AuditEntry),
            },
            { examples: [{ audit: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query: { after, limit } }) => {
      const found = await read.moderation.audit(after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        ...(found.length > limit && last !== undefined && { next: last.n }),
        audit: page.map(auditInfo),
      };
    },
  );
};
