import { randomUUID } from 'node:crypto';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { OPERATOR } from '../line/draft.ts';
import { type Api, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

export const kick = (api: Api, { line }: AdminParts): void => {
  api.post(
    '/v1/sessions/:session/kick',
    {
      schema: {
        operationId: 'kick',
        summary: 'Throws a session out; it cannot be resumed',
        params: Type.Object({ session: Type.String() }),
        body: Type.Object({
          reason: Type.Optional(
            Type.String({ maxLength: 256, description: 'Told to it, and to its rooms' }),
          ),
        }),
        response: { 200: Type.Object({ session: Type.String() }), ...refusals },
      },
    },
    async (request, reply) => {
      const { session } = request.params;
      const command = { type: 'kick', target: session, ...request.body } as const;
      const [outcome] = await line.publish(OPERATOR, [
        { id: randomUUID(), session: OPERATOR, command },
      ]);
      return outcome?.type === 'refused' ? sendProblem(reply, outcome.problem) : { session };
    },
  );
};
