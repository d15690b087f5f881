import { EVERYWHERE } from '@partyline/protocol';
import { Type } from 'typebox';
import { accountsOf, Nick } from './account.ts';
import { type Api, refusals } from './api.ts';
import { Done, done } from './done.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';

export const operators = (api: Api, { perform, read }: AdminParts): void => {
  const { show } = accountsOf(read);
  api.put(
    '/v1/accounts/:nick/role',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'accounts.role',
        summary: 'Makes an account an operator of the server, or a member again',
        params: Nick,
        body: Type.Object(
          { role: Type.Enum(['operator', 'member']) },
          { examples: [{ role: 'operator' }] },
        ),
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) => {
      const { nick } = request.params;
      const { role } = request.body;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'role', room: EVERYWHERE, nick, role }),
        ...{ shown: () => show(nick), answer: () => done },
      }));
    },
  );
};
