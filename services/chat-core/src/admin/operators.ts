import { EVERYWHERE } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import { doAsOperator } from './deed.ts';
import { Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';

export const operators = (api: Api, { line }: AdminParts): void => {
  api.put(
    '/v1/accounts/:nick/role',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'accounts.role',
        summary: 'Makes an account an operator of the server, or a member again',
        params: Type.Object({ nick: Type.String({ maxLength: 64 }) }),
        body: Type.Object({ role: Type.Enum(['operator', 'member']) }),
        response: { 200: Done, ...refusals },
      },
    },
    async (request, reply) => {
      const { nick } = request.params;
      const { role } = request.body;
      const refused = await doAsOperator(line, { type: 'role', room: EVERYWHERE, nick, role });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );
};
