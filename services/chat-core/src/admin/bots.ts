import { BotScope, botScopes, isProblem, limits } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { newBotToken } from '../people/credentials.ts';
import type { AccountRow } from '../store/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { botCalled, recruit, showing } from './recruit.ts';
import { RoomNames, roomNames } from './room-names.ts';

const TOKEN = 'b-0123456789abcdef.0123456789abcdef0123456789abcdef0123456789a';
const example = {
  ...{ name: 'butler', scopes: ['say', 'read'], rooms: ['lobby'], createdAt: 1_700_000_000_000 },
};

const Bot = Type.Object(
  {
    name: Type.String({ examples: ['butler'], description: 'The nick that it speaks under' }),
    scopes: Type.Array(BotScope),
    rooms: Type.Array(Type.String()),
    createdAt: Milliseconds('When it was made'),
    usedAt: Type.Optional(Milliseconds('When its token was used last, to the minute')),
    until: Type.Optional(Milliseconds('When its token ends by itself')),
  },
  { examples: [example] },
);

const Name = Type.Object({
  name: Type.String({ maxLength: 2 * limits.nickCodePoints, examples: ['butler'] }),
});

const botInfo = ({ nick, bot, createdAt }: AccountRow) => ({
  name: nick,
  ...{ scopes: [...(bot?.scopes ?? [])], rooms: [...(bot?.rooms ?? [])], createdAt },
  ...(typeof bot?.usedAt === 'number' && { usedAt: bot.usedAt }),
  ...(typeof bot?.until === 'number' && { until: bot.until }),
});

export const bots = (api: Api, { perform, read }: AdminParts): void => {
  const show = showing(read, 'token', botInfo);

  api.get(
    '/v1/bots',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'bots.list',
        summary: 'Bots with a token for the bus, and what it allows; by name',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, bots: Type.Array(Bot) },
            { examples: [{ bots: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query }) => {
      const all = (await read.bots()).filter((it) => it.bot?.use === 'token');
      const { page, ...next } = pageAmong(all, query, (it) => it.nameKey);
      return { ...next, bots: page.map(botInfo) };
    },
  );

  api.get(
    '/v1/bots/:name',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'bots.get',
        summary: 'One bot, and what its token allows',
        params: Name,
        response: { 200: Bot, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.name);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.post(
    '/v1/bots',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'bots.make',
        summary: 'Makes a bot, and tells its token, this once',
        body: Type.Object(
          {
            name: Bot.properties.name,
            scopes: Type.Array(BotScope, {
              ...{ minItems: 1, maxItems: botScopes.length, uniqueItems: true },
              description: 'say something, read what is said, answer slash commands',
            }),
            rooms: RoomNames,
            forMs: Type.Optional(
              Type.Integer({
                ...{ minimum: 1_000, maximum: limits.restraintMs },
                description: 'How long the token holds; until the bot is dismissed when left out',
              }),
            ),
          },
          { examples: [{ name: 'butler', scopes: ['say', 'read'], rooms: ['lobby'] }] },
        ),
        response: {
          200: Type.Object(
            { bot: Bot, token: Type.String() },
            { examples: [{ bot: example, token: TOKEN }] },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name, scopes, forMs } = request.body;
        const rooms = roomNames(request.body.rooms);
        if (isProblem(rooms)) return rooms;
        const until = forMs === undefined ? null : Date.now() + forMs;
        const made = await recruit(read, name, { use: 'token', scopes, rooms, until });
        if (isProblem(made)) return made;
        return {
          work: { type: 'employ', account: made.account },
          answer: () => ({ bot: botInfo(made.account), token: made.token }),
        };
      }),
  );

  api.post(
    '/v1/bots/:name/token',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'bots.renew',
        summary: 'Gives a bot another token, told this once; the old one is void at once',
        params: Name,
        response: {
          200: Type.Object({ token: Type.String() }, { examples: [{ token: TOKEN }] }),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name } = request.params;
        const found = await botCalled(read, name, 'token');
        if (isProblem(found)) return found;
        const { token, hash: tokenHash } = newBotToken(found.account);
        return {
          work: { type: 'retoken', account: found.account, tokenHash },
          ...{ shown: () => show(name), answer: () => ({ token }) },
        };
      }),
  );

  api.delete(
    '/v1/bots/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'bots.dismiss',
        summary: 'Ends a bot: its token is void at once, its name is free; what it said stays',
        params: Name,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name } = request.params;
        const found = await botCalled(read, name, 'token');
        if (isProblem(found)) return found;
        return {
          work: { type: 'dismiss', account: found.account },
          ...{ shown: () => show(name), answer: () => done },
        };
      }),
  );
};
