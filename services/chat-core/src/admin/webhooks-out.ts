import { randomBytes } from 'node:crypto';
import { eventKinds, isProblem, limits, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { destination } from '../hooks/outgoing/destination.ts';
import { newSecret } from '../hooks/outgoing/signature.ts';
import type { HookChange } from '../line/tasks/hooks.ts';
import type { HookRow } from '../store/hooks/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Next, pageAmong, pageQuery, timeCursor } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { RoomNames, roomNames } from './room-names.ts';

const Kind = Type.Enum([...eventKinds]);

const example = {
  ...{ webhook: 'h-0123456789abcdef', url: 'https://example.org/partyline', rooms: ['lobby'] },
  ...{ kinds: ['message', 'action'], createdAt: 1_700_000_000_000 },
};

const Webhook = Type.Object(
  {
    webhook: Type.String(),
    url: Type.String(),
    rooms: Type.Array(Type.String()),
    kinds: Type.Array(Kind),
    createdAt: Milliseconds('When it was made'),
    failingSince: Type.Optional(Milliseconds('Since when nothing reached it')),
    error: Type.Optional(Type.String({ description: 'Why the first try that failed did' })),
    disabledAt: Type.Optional(Milliseconds('When it was given up')),
    refusals: Type.Optional(
      Type.Integer({ description: 'Events that it refused and was not told' }),
    ),
    lastRefusal: Type.Optional(
      Type.Object(
        {
          ...{ room: Type.String(), seq: Type.Integer() },
          ...{ at: Milliseconds('When it was passed over'), error: Type.String() },
        },
        { description: 'The last of them' },
      ),
    ),
  },
  { examples: [example] },
);
const Id = Type.Object({
  webhook: Type.String({ maxLength: 64, examples: ['h-0123456789abcdef'] }),
});

const webhookInfo = ({ hook, url, rooms, kinds, createdAt, ...it }: HookRow) => ({
  ...{ webhook: hook, url, rooms: [...rooms], kinds: [...kinds], createdAt },
  ...(it.failingSince !== null && { failingSince: it.failingSince }),
  ...(it.error !== null && { error: it.error }),
  ...(it.disabledAt !== null && { disabledAt: it.disabledAt }),
  ...(it.refusals > 0 && { refusals: it.refusals }),
  ...(it.lastRefusal !== null && { lastRefusal: it.lastRefusal }),
});

export const webhooksOut = (api: Api, { perform, read, mayReach }: AdminParts): void => {
  const show = async (hook: string) => {
    const found = (await read.hooks.hooks()).find((it) => it.hook === hook);
    return found === undefined ? problem('webhook-unknown') : webhookInfo(found);
  };
  const change =
    (it: HookChange) =>
    (request: FastifyRequest<{ Params: { webhook: string } }>, reply: FastifyReply) => {
      const { webhook: hook } = request.params;
      return perform(request, reply, () => ({
        work: { type: 'hook', hook, change: it },
        ...{ shown: () => show(hook), answer: () => done },
      }));
    };

  api.get(
    '/v1/webhooks/out',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'webhooks-out.list',
        summary: 'URLs that are told what is said, the oldest first',
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
      const { page, ...next } = pageAmong(
        await read.hooks.hooks(),
        query,
        (it) => `${timeCursor(it.createdAt)} ${it.hook}`,
      );
      return { ...next, webhooks: page.map(webhookInfo) };
    },
  );

  api.get(
    '/v1/webhooks/out/:webhook',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'webhooks-out.get',
        summary: 'One of them, and whether it is reached',
        params: Id,
        response: { 200: Webhook, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.webhook);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.post(
    '/v1/webhooks/out',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'webhooks-out.make',
        summary: 'Has a URL told what is said from now on; its signing secret is told this once',
        body: Type.Object(
          {
            url: Type.String(),
            rooms: RoomNames,
            kinds: Type.Optional(
              Type.Array(Kind, {
                ...{ minItems: 1, maxItems: eventKinds.length, uniqueItems: true },
                description: 'What it is told; everything when left out',
              }),
            ),
          },
          { examples: [{ url: example.url, rooms: ['lobby'], kinds: ['message', 'action'] }] },
        ),
        response: {
          200: Type.Object(
            { webhook: Webhook, secret: Type.String() },
            { examples: [{ webhook: example, secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==' }] },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { kinds = eventKinds } = request.body;
        const url = destination(request.body.url, mayReach);
        if ('code' in url) return url;
        const rooms = roomNames(request.body.rooms);
        if (isProblem(rooms)) return rooms;
        if ((await read.hooks.hooks()).length >= limits.webhooksOut)
          return problem('webhooks-too-many', { limit: limits.webhooksOut });
        const row: HookRow = {
          ...{ hook: `h-${randomBytes(12).toString('base64url')}`, url: url.href },
          ...{ secret: newSecret(), rooms, kinds: [...kinds], createdAt: Date.now() },
          ...{ failingSince: null, error: null, disabledAt: null },
          ...{ refusals: 0, lastRefusal: null },
        };
        return {
          work: { type: 'hook', hook: row.hook, change: { type: 'make', row } },
          answer: () => ({ webhook: webhookInfo(row), secret: row.secret }),
        };
      }),
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
    change({ type: 'enable' }),
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
    change({ type: 'drop' }),
  );
};
