import { Type } from 'typebox';
import { gatherStatus } from '../status/gather.ts';
import { Status } from '../status/shape.ts';
import { type Api, refusals } from './api.ts';
import { StatusLine } from './following/lines.ts';
import { followStatus } from './following/status.ts';
import { isWatched, Watch } from './following/watch.ts';
import type { AdminParts } from './parts.ts';
import { statusExample } from './status-example.ts';

export const status = (api: Api, { status: parts, follow }: AdminParts): void => {
  api.get(
    '/v1/status',
    {
      config: { scope: 'read', lines: StatusLine },
      schema: {
        operationId: 'status',
        summary: 'How everything is: which processes there are, rates, latencies, slow readers',
        querystring: Type.Object({ watch: Watch }),
        response: { 200: { ...Status, examples: [statusExample] }, ...refusals },
      },
    },
    (request, reply) =>
      isWatched(request)
        ? follow(reply, (signal) => followStatus(parts, signal))
        : gatherStatus(parts),
  );
};
