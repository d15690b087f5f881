import { isProblem, limits, nickKey, type Problem, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { passwordProblem } from '../people/account.ts';
import type { AccountInfo } from '../store/port.ts';
import { type Api, Limit, Milliseconds, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';
import { Session } from './sessions.ts';

const Account = Type.Object({
  account: Type.String({ description: 'Its id, which what it says is kept under' }),
  nick: Type.String({ description: 'As it is registered; it may go by another one' }),
  createdAt: Milliseconds('When it was registered'),
  operator: Type.Boolean({ description: 'Of the whole server' }),
  sessions: Type.Integer({ description: 'Connections, and such as may yet resume' }),
});

const Nick = Type.Object({ nick: Type.String({ maxLength: 2 * limits.nickCodePoints }) });
const Reason = Type.String({
  ...{ maxLength: limits.reasonCodePoints, default: '' },
  description: 'Told to its sessions and their rooms',
});
const Ended = Type.Object({ ended: Type.Integer({ description: 'Sessions that were ended' }) });

const accountInfo = ({ account, nick, createdAt, isOperator, sessions }: AccountInfo) => ({
  ...{ account, nick, createdAt, operator: isOperator, sessions },
});

/** Sessions of one account that are told. */
const SESSIONS = 1_000;

export const accounts = (api: Api, { line, read, passwords }: AdminParts): void => {
  const called = async (nick: string): Promise<AccountInfo | Problem> =>
    (await read.accountInfo(nickKey(nick))) ?? problem('account-unknown', { nick });

  api.get(
    '/v1/accounts',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'accounts.list',
        summary: 'Registered people, by nick; bots are told at /v1/bots',
        querystring: Type.Object({
          after: Type.String({ default: '', description: 'The last page’s `next`' }),
          limit: Limit(1_000, 100),
        }),
        response: {
          200: Type.Object({
            next: Type.Optional(Type.String({ description: 'Give it as `after` for more' })),
            accounts: Type.Array(Account),
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { after, limit } = request.query;
      const found = await read.accounts(nickKey(after), limit + 1);
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return {
        ...(last !== undefined && { next: last.nick }),
        accounts: page.map(accountInfo),
      };
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
          200: Type.Object({ ...Account.properties, sessions: Type.Array(Session) }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await called(request.params.nick);
      if (isProblem(found)) return sendProblem(reply, found);
      const sessions = await read.sessions('', SESSIONS, found.account);
      return {
        ...accountInfo(found),
        sessions: sessions.map((it) => ({ ...it, rooms: [...it.rooms] })),
      };
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
        body: Type.Object({ password: Type.String({ maxLength: 1_024 }) }),
        response: {
          200: Type.Object({
            ...Ended.properties,
            certificates: Type.Integer({ description: 'Certificates that were revoked' }),
          }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await called(request.params.nick);
      if (isProblem(found)) return sendProblem(reply, found);
      const wrong = passwordProblem(request.body.password);
      if (wrong !== undefined) return sendProblem(reply, wrong);
      const password = await passwords.hash(request.body.password);
      const it = await line.run({ type: 'reset', account: found.account, password });
      return isProblem(it) ? sendProblem(reply, it) : it;
    },
  );

  api.post(
    '/v1/accounts/:nick/kick',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'accounts.kick',
        summary: 'Ends all sessions of an account; it may come back',
        params: Nick,
        body: Type.Object({ reason: Reason }),
        response: { 200: Ended, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await called(request.params.nick);
      if (isProblem(found)) return sendProblem(reply, found);
      const { reason } = request.body;
      const ended = await line.run({ type: 'expel', account: found.account, reason });
      return isProblem(ended) ? sendProblem(reply, ended) : { ended };
    },
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
    async (request, reply) => {
      const found = await called(request.params.nick);
      if (isProblem(found)) return sendProblem(reply, found);
      const { reason } = request.query;
      const ended = await line.run({ type: 'forget', account: found.account, reason });
      return isProblem(ended) ? sendProblem(reply, ended) : { ended };
    },
  );
};
