import { Certificate, fingerprintOf, isProblem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { accountsOf, Nick } from './account.ts';
import { type Api, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Next, pageAmong, pageQuery, timeCursor } from './paging.ts';
import type { AdminParts } from './parts.ts';

const fingerprint = 'ab'.repeat(32);

export const certificates = (api: Api, { perform, read }: AdminParts): void => {
  const { called } = accountsOf(read);
  const show = async (nick: string, query = { after: '', limit: 100 }) => {
    const found = await called(nick);
    if ('code' in found) return found;
    const { page, ...next } = pageAmong(
      await read.certificates(found.account),
      query,
      ({ addedAt, fingerprint }) => `${timeCursor(addedAt)} ${fingerprint}`,
    );
    const told = page.map(({ fingerprint, addedAt }) => ({ fingerprint, addedAt }));
    return { ...next, certificates: told };
  };

  api.get(
    '/v1/accounts/:nick/certificates',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'certificates.list',
        summary: 'The certificates by which whoever shows them is an account’s, the oldest first',
        params: Nick,
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, certificates: Type.Array(Certificate) },
            { examples: [{ certificates: [{ fingerprint, addedAt: 1_700_000_000_000 }] }] },
          ),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.nick, request.query);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.delete(
    '/v1/accounts/:nick/certificates/:fingerprint',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'certificates.revoke',
        summary: 'Takes a certificate from an account; sessions that came in by it stay',
        params: Type.Object({
          ...Nick.properties,
          fingerprint: Type.String({ maxLength: 128, examples: [fingerprint] }),
        }),
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { nick } = request.params;
        const fingerprint = fingerprintOf(request.params.fingerprint);
        if (isProblem(fingerprint)) return fingerprint;
        const found = await called(nick);
        if (isProblem(found)) return found;
        return {
          work: { type: 'revoke', account: found.account, fingerprint },
          ...{ shown: () => show(nick), answer: () => done },
        };
      }),
  );
};
