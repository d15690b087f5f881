import { isProblem, limits, nickKey } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { passwordProblem } from '../people/account.ts';
import { Account, AccountWithSessions, accountInfo, accountsOf, Nick } from './account.ts';
import { type Api, refusals } from './api.ts';
import { Next, pageOf, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { sessionExample } from './session.ts';

const example = {
  ...{ account: 'a-0123456789abcdef', nick: 'ann', createdAt: 1_700_000_000_000 },
  ...{ operator: false, sessions: 1 },
};

const Reason = Type.String({
  ...{ maxLength: limits.reasonCodePoints, default: '' },
  description: 'Told to its sessions and their rooms',
});
const Ended = Type.Object(
  { ended: Type.Integer({ description: 'Sessions that were ended' }) },
  { examples: [{ ended: 1 }] },
);
const ended = (count: number) => ({ ended: count });

export const accounts = (api: Api, { perform, read, passwords }: AdminParts): void => {
  const { called, show } = accountsOf(read);

  api.get(
    '/v1/accounts',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'accounts.list',
        summary: 'Registered people, by nick; bots are told at /v1/bots',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, accounts: Type.Array(Account) },
            { examples: [{ accounts: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query: { after, limit } }) => {
      const found = await read.accounts(nickKey(after), limit + 1);
      const { page, ...next } = pageOf(found, limit, (it) => it.nick);
      return { ...next, accounts: page.map(accountInfo) };
    },
  );

  api.get(
    '/v1/accounts/:nick',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'accounts.get',
        summary: 'One account, and where it is connected',
        params: Nick,
        response: {
          200: Type.Object(AccountWithSessions.properties, {
            examples: [{ ...example, sessions: [sessionExample] }],
          }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.nick);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.put(
    '/v1/accounts/:nick/password',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'accounts.password',
        summary: 'Gives an account another password; its sessions and certificates let in no more',
        params: Nick,
        body: Type.Object(
          { password: Type.String({ maxLength: 1_024 }) },
          { examples: [{ password: 'correct horse' }] },
        ),
        response: {
          200: Type.Object(
            {
              ...Ended.properties,
              certificates: Type.Integer({ description: 'Certificates that were revoked' }),
            },
            { examples: [{ ended: 1, certificates: 0 }] },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { nick } = request.params;
        const found = await called(nick);
        if (isProblem(found)) return found;
        const wrong = passwordProblem(request.body.password);
        if (wrong !== undefined) return wrong;
        const password = await passwords.hash(request.body.password);
        return {
          work: { type: 'reset', account: found.account, password },
          ...{ shown: () => show(nick), answer: (it) => it },
        };
      }),
  );

  api.post(
    '/v1/accounts/:nick/kick',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'accounts.kick',
        summary: 'Ends all sessions of an account; it may come back',
        params: Nick,
        body: Type.Object({ reason: Reason }, { examples: [{ reason: 'maintenance' }] }),
        response: { 200: Ended, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { nick } = request.params;
        const found = await called(nick);
        if (isProblem(found)) return found;
        const { reason } = request.body;
        return {
          work: { type: 'expel', account: found.account, reason },
          ...{ shown: () => show(nick), answer: ended },
        };
      }),
  );

  api.delete(
    '/v1/accounts/:nick',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'accounts.delete',
        summary: 'Deletes an account and ends its sessions; its nick is free, what it said stays',
        params: Nick,
        querystring: Type.Object({ reason: Reason }),
        response: { 200: Ended, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { nick } = request.params;
        const found = await called(nick);
        if (isProblem(found)) return found;
        const { reason } = request.query;
        return {
          work: { type: 'forget', account: found.account, reason },
          ...{ shown: () => show(nick), answer: ended },
        };
      }),
  );
};
