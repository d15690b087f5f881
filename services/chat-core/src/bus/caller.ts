import { type BotScope, isPairRoom, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Grant, reaches } from '../people/bot.ts';
import type { Recognize } from '../people/credentials.ts';
import type { Reader } from '../store/port.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the bot's token allows with which the request came; undefined of a service. */
    grant: Grant | undefined;
  }
  interface FastifyContextConfig {
    /** Bots are let in too; any of these scopes is needed. Left out: the route is for services alone. */
    readonly bots?: readonly BotScope[];
  }
}

/** Lets bots in beside the services: where the route says so, and as themselves. */
export const letBotsIn = (
  bus: FastifyInstance,
  recognize: Recognize,
): ((token: string, request: FastifyRequest) => Promise<boolean>) => {
  bus.decorateRequest('grant', undefined);
  bus.addHook('preParsing', async (request, reply) => {
    const { grant } = request;
    if (grant === undefined) return;
    const { bots = [] } = request.routeOptions.config;
    if (bots.some((it) => grant.scopes.includes(it))) return;
    const needed = bots.length === 0 ? 'a service' : bots.join(' | ');
    return sendProblem(reply, problem('token-scope', { needed }));
  });
  return async (token, request) => {
    request.grant = await recognize(token, 'token');
    return request.grant !== undefined;
  };
};

/** Whether a request may read a room; answered when not, alike whether the room is there or isn't. */
export const mayRead = async (
  read: Reader,
  { grant }: FastifyRequest,
  room: string,
  reply: FastifyReply,
): Promise<boolean> => {
  if (grant === undefined) return true;
  const found = isPairRoom(room) ? undefined : await read.room(room);
  if (found !== undefined && reaches(grant.rooms, room, found)) return true;
  sendProblem(reply, problem('token-scope', { needed: `read ${room}` }));
  return false;
};
