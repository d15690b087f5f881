import {
  Certificate,
  fingerprintOf,
  isProblem,
  limits,
  nickKey,
  problem,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import { Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';

const nick = Type.String({ maxLength: 2 * limits.nickCodePoints });

export const certificates = (api: Api, { line, read }: AdminParts): void => {
  api.get(
    '/v1/accounts/:nick/certificates',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'certificates.list',
        summary: 'The certificates by which whoever shows them is an account’s',
        params: Type.Object({ nick }),
        response: {
          200: Type.Object({ certificates: Type.Array(Certificate) }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await read.accountInfo(nickKey(request.params.nick));
      if (found === undefined)
        return sendProblem(reply, problem('account-unknown', { nick: request.params.nick }));
      const rows = await read.certificates(found.account);
      return { certificates: rows.map(({ fingerprint, addedAt }) => ({ fingerprint, addedAt })) };
    },
  );

  api.delete(
    '/v1/accounts/:nick/certificates/:fingerprint',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'certificates.revoke',
        summary: 'Takes a certificate from an account; sessions that came in by it stay',
        params: Type.Object({ nick, fingerprint: Type.String({ maxLength: 128 }) }),
        response: { 200: Done, ...refusals },
      },
    },
    async (request, reply) => {
      const fingerprint = fingerprintOf(request.params.fingerprint);
      if (isProblem(fingerprint)) return sendProblem(reply, fingerprint);
      const found = await read.accountInfo(nickKey(request.params.nick));
      if (found === undefined)
        return sendProblem(reply, problem('account-unknown', { nick: request.params.nick }));
      const refused = await line.run({ type: 'revoke', account: found.account, fingerprint });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );
};
