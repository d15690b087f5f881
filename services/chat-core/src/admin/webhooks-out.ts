import { randomBytes } from 'node:crypto';
import { eventKinds, isProblem, limits, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { destination } from '../hooks/outgoing/destination.ts';
import { newSecret } from '../hooks/outgoing/signature.ts';
import type { HookChange } from '../line/tasks/hooks.ts';
import type { HookRow } from '../store/hooks/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';
import { RoomNames, roomNames } from './room-names.ts';

const Kind = Type.Enum([...eventKinds]);

const Webhook = Type.Object({
  webhook: Type.String({ examples: ['h-…'] }),
  url: Type.String(),
  rooms: Type.Array(Type.String()),
  kinds: Type.Array(Kind),
  createdAt: Milliseconds('When it was made'),
  failingSince: Type.Optional(Milliseconds('Since when nothing reached it')),
  error: Type.Optional(Type.String({ description: 'Why the first try that failed did' })),
  disabledAt: Type.Optional(Milliseconds('When it was given up')),
});
const Id = Type.Object({ webhook: Type.String({ maxLength: 64 }) });

const webhookInfo = ({ hook, url, rooms, kinds, createdAt, ...it }: HookRow) => ({
  ...{ webhook: hook, url, rooms: [...rooms], kinds: [...kinds], createdAt },
  ...(it.failingSince !== null && { failingSince: it.failingSince }),
  ...(it.error !== null && { error: it.error }),
  ...(it.disabledAt !== null && { disabledAt: it.disabledAt }),
});

export const webhooksOut = (api: Api, { line, read, mayReach }: AdminParts): void => {
  const change = async (hook: string, it: HookChange, reply: FastifyReply) => {
    const refused = await line.run({ type: 'hook', hook, change: it });
    return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
  };

  api.get(
    '/v1/webhooks/out',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'webhooks-out.list',
        summary: 'URLs that are told what is said',
        response: { 200: Type.Object({ webhooks: Type.Array(Webhook) }), ...refusals },
      },
    },
    async () => ({ webhooks: (await read.hooks.hooks()).map(webhookInfo) }),
  );

  api.post(
    '/v1/webhooks/out',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-out.make',
        summary: 'Has a URL told what is said from now on; its signing secret is told this once',
        body: Type.Object({
          url: Type.String({ examples: ['https://example.org/partyline'] }),
          rooms: RoomNames,
          kinds: Type.Optional(
            Type.Array(Kind, {
              ...{ minItems: 1, maxItems: eventKinds.length, uniqueItems: true },
              description: 'What it is told; everything when left out',
            }),
          ),
        }),
        response: {
          200: Type.Object({ webhook: Webhook, secret: Type.String() }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { kinds = eventKinds } = request.body;
      const url = destination(request.body.url, mayReach);
      if ('code' in url) return sendProblem(reply, url);
      const rooms = roomNames(request.body.rooms);
      if (isProblem(rooms)) return sendProblem(reply, rooms);
      if ((await read.hooks.hooks()).length >= limits.webhooksOut)
        return sendProblem(reply, problem('webhooks-too-many', { limit: limits.webhooksOut }));
      const row: HookRow = {
        ...{ hook: `h-${randomBytes(12).toString('base64url')}`, url: url.href },
        ...{ secret: newSecret(), rooms, kinds: [...kinds], createdAt: Date.now() },
        ...{ failingSince: null, error: null, disabledAt: null },
      };
      const refused = await line.run({
        ...{ type: 'hook', hook: row.hook, change: { type: 'make', row } },
      });
      if (refused !== undefined) return sendProblem(reply, refused);
      return { webhook: webhookInfo(row), secret: row.secret };
    },
  );

  api.post(
    '/v1/webhooks/out/:webhook/enable',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-out.enable',
        summary: 'Has a URL that was given up told again, from where it was',
        params: Id,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) => change(request.params.webhook, { type: 'enable' }, reply),
  );

  api.delete(
    '/v1/webhooks/out/:webhook',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-out.drop',
        summary: 'Has a URL told nothing more',
        params: Id,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) => change(request.params.webhook, { type: 'drop' }, reply),
  );
};
