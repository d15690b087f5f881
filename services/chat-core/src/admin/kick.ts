import { limits } from '@partyline/protocol';
import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';

export const kick = (api: Api, { perform }: AdminParts): void => {
  api.post(
    '/v1/sessions/:session/kick',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'sessions.kick',
        summary: 'Throws a session out; it cannot be resumed',
        params: Type.Object({ session: Type.String() }),
        body: Type.Object(
          {
            reason: Type.Optional(
              Type.String({
                maxLength: limits.reasonCodePoints,
                description: 'Told to it, and to its rooms',
              }),
            ),
          },
          { examples: [{ reason: 'enough' }] },
        ),
        response: {
          200: Type.Object(
            { session: Type.String() },
            { examples: [{ session: 'Zm9vYmFyYmF6cXV4' }] },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) => {
      const { session } = request.params;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'kick', target: session, ...request.body }),
        answer: () => ({ session }),
      }));
    },
  );
};
