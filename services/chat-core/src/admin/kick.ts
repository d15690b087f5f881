import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import { doAsOperator } from './deed.ts';
import type { AdminParts } from './parts.ts';

export const kick = (api: Api, { line }: AdminParts): void => {
  api.post(
    '/v1/sessions/:session/kick',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'sessions.kick',
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
      const refused = await doAsOperator(line, {
        ...{ type: 'kick', target: session },
        ...request.body,
      });
      return refused === undefined ? { session } : sendProblem(reply, refused);
    },
  );
};
