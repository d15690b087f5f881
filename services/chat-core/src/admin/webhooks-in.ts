import { isProblem, limits, problem, roomName } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { webhookPath } from '../hooks/incoming/server.ts';
import { newBotToken } from '../people/credentials.ts';
import type { AccountRow } from '../store/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { botCalled, recruit, showing } from './recruit.ts';

const example = { name: 'deploys', room: 'ops', createdAt: 1_700_000_000_000 };
const url = 'http://127.0.0.1:7302/hooks/b-0123456789abcdef.0123456789abcdef';

const Webhook = Type.Object(
  {
    name: Type.String({ examples: ['deploys'], description: 'The nick that it speaks under' }),
    room: Type.String(),
    createdAt: Milliseconds('When it was made'),
    usedAt: Type.Optional(Milliseconds('When it was used last, to the minute')),
  },
  { examples: [example] },
);
const Address = Type.String({ description: 'Whoever knows it can speak there' });
const Name = Type.Object({
  name: Type.String({ maxLength: 2 * limits.nickCodePoints, examples: ['deploys'] }),
});

const webhookInfo = ({ nick, bot, createdAt }: AccountRow) => ({
  ...{ name: nick, room: bot?.rooms[0] ?? '', createdAt },
  ...(typeof bot?.usedAt === 'number' && { usedAt: bot.usedAt }),
});

export const webhooksIn = (api: Api, { perform, read, webhookBase }: AdminParts): void => {
  const urlOf = (token: string): string => `${webhookBase}${webhookPath(token)}`;
  const show = showing(read, 'webhook', webhookInfo);
  const reason =
    'Webhooks are not served. Set PARTYLINE_WEBHOOK_LISTEN, and start chat-core again.';

  api.get(
    '/v1/webhooks/in',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'webhooks-in.list',
        summary: 'Addresses that take what is to be said in a room, by name',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, webhooks: Type.Array(Webhook) },
            { examples: [{ webhooks: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query }) => {
      const all = (await read.bots()).filter((it) => it.bot?.use === 'webhook');
      const { page, ...next } = pageAmong(all, query, (it) => it.nameKey);
      return { ...next, webhooks: page.map(webhookInfo) };
    },
  );

  api.get(
    '/v1/webhooks/in/:name',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'webhooks-in.get',
        summary: 'One of them; its address was told when it was made',
        params: Name,
        response: { 200: Webhook, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.name);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.post(
    '/v1/webhooks/in',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-in.make',
        summary: 'Makes an address that takes what is to be said in a room; told this once',
        body: Type.Object(
          { name: Webhook.properties.name, room: Type.String() },
          { examples: [{ name: 'deploys', room: 'ops' }] },
        ),
        response: {
          200: Type.Object(
            { webhook: Webhook, url: Address },
            { examples: [{ webhook: example, url }] },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        if (webhookBase === undefined) return problem('request-bad', { reason });
        const room = roomName(request.body.room);
        if (isProblem(room)) return room;
        const it = { use: 'webhook', scopes: ['say'], rooms: [room], until: null } as const;
        const made = await recruit(read, request.body.name, it);
        if (isProblem(made)) return made;
        return {
          work: { type: 'employ', account: made.account },
          answer: () => ({ webhook: webhookInfo(made.account), url: urlOf(made.token) }),
        };
      }),
  );

  api.post(
    '/v1/webhooks/in/:name/url',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-in.renew',
        summary: 'Gives a webhook another address, told this once; the old one is void at once',
        params: Name,
        response: { 200: Type.Object({ url: Address }, { examples: [{ url }] }), ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name } = request.params;
        const found = await botCalled(read, name, 'webhook');
        if (isProblem(found)) return found;
        const { token, hash: tokenHash } = newBotToken(found.account);
        return {
          work: { type: 'retoken', account: found.account, tokenHash },
          ...{ shown: () => show(name), answer: () => ({ url: urlOf(token) }) },
        };
      }),
  );

  api.delete(
    '/v1/webhooks/in/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-in.dismiss',
        summary: 'Ends a webhook: its address is void at once, its name is free',
        params: Name,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name } = request.params;
        const found = await botCalled(read, name, 'webhook');
        if (isProblem(found)) return found;
        return {
          work: { type: 'dismiss', account: found.account },
          ...{ shown: () => show(name), answer: () => done },
        };
      }),
  );
};
