import { isProblem, limits, problem, roomName } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { webhookPath } from '../hooks/incoming/server.ts';
import { newBotToken } from '../people/credentials.ts';
import type { AccountRow } from '../store/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { botCalled, employ } from './employ.ts';
import { Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';

const Webhook = Type.Object({
  name: Type.String({ examples: ['deploys'], description: 'The nick that it speaks under' }),
  room: Type.String(),
  createdAt: Milliseconds('When it was made'),
  usedAt: Type.Optional(Milliseconds('When it was used last, to the minute')),
});
const Address = Type.String({ description: 'Whoever knows it can speak there' });
const Name = Type.Object({ name: Type.String({ maxLength: 2 * limits.nickCodePoints }) });

const webhookInfo = ({ nick, bot, createdAt }: AccountRow) => ({
  ...{ name: nick, room: bot?.rooms[0] ?? '', createdAt },
  ...(typeof bot?.usedAt === 'number' && { usedAt: bot.usedAt }),
});

export const webhooksIn = (api: Api, parts: AdminParts): void => {
  const { line, read } = parts;
  const urlOf = (token: string): string => `${parts.webhookBase}${webhookPath(token)}`;
  const reason =
    'Webhooks are not served. Set PARTYLINE_WEBHOOK_LISTEN, and start chat-core again.';

  api.get(
    '/v1/webhooks/in',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'webhooks-in.list',
        summary: 'Addresses that take what is to be said in a room',
        response: { 200: Type.Object({ webhooks: Type.Array(Webhook) }), ...refusals },
      },
    },
    async () => ({
      webhooks: (await read.bots()).filter((it) => it.bot?.use === 'webhook').map(webhookInfo),
    }),
  );

  api.post(
    '/v1/webhooks/in',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-in.make',
        summary: 'Makes an address that takes what is to be said in a room; told this once',
        body: Type.Object({ name: Webhook.properties.name, room: Type.String() }),
        response: { 200: Type.Object({ webhook: Webhook, url: Address }), ...refusals },
      },
    },
    async (request, reply) => {
      if (parts.webhookBase === undefined)
        return sendProblem(reply, problem('request-bad', { reason }));
      const room = roomName(request.body.room);
      if (isProblem(room)) return sendProblem(reply, room);
      const it = { use: 'webhook', scopes: ['say'], rooms: [room], until: null } as const;
      const made = await employ(parts, request.body.name, it);
      if (isProblem(made)) return sendProblem(reply, made);
      return { webhook: webhookInfo(made.account), url: urlOf(made.token) };
    },
  );

  api.post(
    '/v1/webhooks/in/:name/url',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-in.renew',
        summary: 'Gives a webhook another address, told this once; the old one is void at once',
        params: Name,
        response: { 200: Type.Object({ url: Address }), ...refusals },
      },
    },
    async (request, reply) => {
      const found = await botCalled(read, request.params.name, 'webhook');
      if (isProblem(found)) return sendProblem(reply, found);
      const { token, hash: tokenHash } = newBotToken(found.account);
      const refused = await line.run({ type: 'retoken', account: found.account, tokenHash });
      return refused === undefined ? { url: urlOf(token) } : sendProblem(reply, refused);
    },
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
    async (request, reply) => {
      const found = await botCalled(read, request.params.name, 'webhook');
      if (isProblem(found)) return sendProblem(reply, found);
      const refused = await line.run({ type: 'dismiss', account: found.account });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );
};
