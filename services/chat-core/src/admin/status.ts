import { gatherStatus } from '../status/gather.ts';
import { Status } from '../status/shape.ts';
import { type Api, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

export const status = (api: Api, { status: parts }: AdminParts): void => {
  api.get(
    '/v1/status',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'status',
        summary: 'How everything is: which processes there are, rates, latencies, slow readers',
        response: { 200: Status, ...refusals },
      },
    },
    () => gatherStatus(parts),
  );
};
