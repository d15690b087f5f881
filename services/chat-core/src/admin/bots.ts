import { BotScope, botScopes, isProblem, limits } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { newBotToken } from '../people/credentials.ts';
import type { AccountRow } from '../store/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { botCalled, employ } from './employ.ts';
import { Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';
import { RoomNames, roomNames } from './room-names.ts';

const Bot = Type.Object({
  name: Type.String({ examples: ['butler'], description: 'The nick that it speaks under' }),
  scopes: Type.Array(BotScope),
  rooms: Type.Array(Type.String()),
  createdAt: Milliseconds('When it was made'),
  usedAt: Type.Optional(Milliseconds('When its token was used last, to the minute')),
  until: Type.Optional(Milliseconds('When its token ends by itself')),
});

const Name = Type.Object({ name: Type.String({ maxLength: 2 * limits.nickCodePoints }) });

const botInfo = ({ nick, bot, createdAt }: AccountRow) => ({
  name: nick,
  ...{ scopes: [...(bot?.scopes ?? [])], rooms: [...(bot?.rooms ?? [])], createdAt },
  ...(typeof bot?.usedAt === 'number' && { usedAt: bot.usedAt }),
  ...(typeof bot?.until === 'number' && { until: bot.until }),
});

export const bots = (api: Api, parts: AdminParts): void => {
  const { line, read } = parts;

  api.get(
    '/v1/bots',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'bots.list',
        summary: 'Bots with a token for the bus, and what it allows',
        response: { 200: Type.Object({ bots: Type.Array(Bot) }), ...refusals },
      },
    },
    async () => ({
      bots: (await read.bots()).filter((it) => it.bot?.use === 'token').map(botInfo),
    }),
  );

  api.post(
    '/v1/bots',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'bots.make',
        summary: 'Makes a bot, and tells its token, this once',
        body: Type.Object({
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
        }),
        response: {
          200: Type.Object({ bot: Bot, token: Type.String() }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { name, scopes, forMs } = request.body;
      const rooms = roomNames(request.body.rooms);
      if (isProblem(rooms)) return sendProblem(reply, rooms);
      const until = forMs === undefined ? null : Date.now() + forMs;
      const made = await employ(parts, name, { use: 'token', scopes, rooms, until });
      if (isProblem(made)) return sendProblem(reply, made);
      return { bot: botInfo(made.account), token: made.token };
    },
  );

  api.post(
    '/v1/bots/:name/token',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'bots.renew',
        summary: 'Gives a bot another token, told this once; the old one is void at once',
        params: Name,
        response: { 200: Type.Object({ token: Type.String() }), ...refusals },
      },
    },
    async (request, reply) => {
      const found = await botCalled(read, request.params.name, 'token');
      if (isProblem(found)) return sendProblem(reply, found);
      const { token, hash: tokenHash } = newBotToken(found.account);
      const refused = await line.run({ type: 'retoken', account: found.account, tokenHash });
      return refused === undefined ? { token } : sendProblem(reply, refused);
    },
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
    async (request, reply) => {
      const found = await botCalled(read, request.params.name, 'token');
      if (isProblem(found)) return sendProblem(reply, found);
      const refused = await line.run({ type: 'dismiss', account: found.account });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );
};
