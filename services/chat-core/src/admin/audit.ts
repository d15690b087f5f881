import { Type } from 'typebox';
import { type Api, Limit, refusals } from './api.ts';
import { AuditEntry, auditInfo, deedExample } from './audit-entry.ts';
import { followAudit } from './following/audit.ts';
import { AuditLine } from './following/lines.ts';
import { isWatched, Watch } from './following/watch.ts';
import type { AdminParts } from './parts.ts';

export const audit = (api: Api, { read, bell, follow, now }: AdminParts): void => {
  api.get(
    '/v1/audit',
    {
      config: { scope: 'read', lines: AuditLine },
      schema: {
        operationId: 'audit.list',
        summary: 'What moderators and operators did, oldest first',
        querystring: Type.Object({
          after: Type.Integer({ minimum: 0, default: 0, description: 'The last page’s `next`' }),
          limit: Limit(1_000, 100),
          watch: Watch,
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
            { examples: [{ audit: [deedExample] }] },
          ),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { after, limit } = request.query;
      if (isWatched(request))
        return follow(reply, (signal) => followAudit({ read, bell, now }, after, signal));
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
