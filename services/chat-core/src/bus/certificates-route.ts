import {
  type Certificate,
  fingerprintOf,
  isProblem,
  type Problem,
  problem,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import type { BusParts } from './parts.ts';

const text = { type: 'string', maxLength: 128 } as const;
const session = { type: 'object', properties: { session: text }, required: ['session'] } as const;

/**
 * `/bus/v1/accounts/certificates`: the certificates by which the account of a session is known. A
 * gateway says which one a client showed; it is believed, as it is in everything.
 */
export const certificatesRoute = (bus: FastifyInstance, { line, read }: BusParts): void => {
  const path = '/bus/v1/accounts/certificates';

  const listed = async (
    id: string,
  ): Promise<{ readonly certificates: readonly Certificate[] } | Problem> => {
    const account = await read.accountOf(id);
    if (account === undefined) return problem('session-unknown', { session: id });
    if (account === null) return problem('account-needed');
    const rows = await read.certificates(account);
    return { certificates: rows.map(({ fingerprint, addedAt }) => ({ fingerprint, addedAt })) };
  };

  bus.get<{ Querystring: { session: string } }>(
    path,
    { schema: { querystring: session } },
    async ({ query }, reply) => {
      const found = await listed(query.session);
      return isProblem(found) ? sendProblem(reply, found) : found;
    },
  );

  bus.put<{ Params: { fingerprint: string }; Querystring: { session: string } }>(
    `${path}/:fingerprint`,
    { schema: { querystring: session } },
    async ({ params, query }, reply) => {
      const fingerprint = fingerprintOf(params.fingerprint);
      if (isProblem(fingerprint)) return sendProblem(reply, fingerprint);
      const refused = await line.run({ type: 'certify', session: query.session, fingerprint });
      const found = refused ?? (await listed(query.session));
      return isProblem(found) ? sendProblem(reply, found) : found;
    },
  );

  bus.delete<{ Params: { fingerprint: string }; Querystring: { session: string } }>(
    `${path}/:fingerprint`,
    { schema: { querystring: session } },
    async ({ params, query }, reply) => {
      const fingerprint = fingerprintOf(params.fingerprint);
      if (isProblem(fingerprint)) return sendProblem(reply, fingerprint);
      const refused = await line.run({ type: 'decertify', session: query.session, fingerprint });
      const found = refused ?? (await listed(query.session));
      return isProblem(found) ? sendProblem(reply, found) : found;
    },
  );
};
