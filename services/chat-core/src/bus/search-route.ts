import { isProblem, limits } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { termsOf } from '../store/search/words.ts';
import { mayRead } from './caller.ts';
import type { BusParts } from './parts.ts';
import { roomIn } from './reads-route.ts';

type Query = { q: string; before?: number; limit: number };

const properties = {
  q: { type: 'string' },
  before: { type: 'integer', minimum: 1 },
  limit: { type: 'integer', minimum: 1, maximum: limits.searchEvents, default: 20 },
} as const;

/** Searches one room, or all rooms and pairs' logs that a session is in. */
export const searchRoute = (bus: FastifyInstance, { read }: BusParts): void => {
  const search = async (rooms: readonly string[], { q, ...page }: Query) => {
    const terms = termsOf(q);
    return isProblem(terms) ? terms : read.search({ terms, rooms, ...page });
  };

  bus.get<{ Params: { room: string }; Querystring: Query }>(
    '/bus/v1/rooms/:room/search',
    {
      config: { bots: ['read'] },
      schema: { querystring: { type: 'object', properties, required: ['q'] } },
    },
    async (request, reply) => {
      const room = roomIn(request.params.room, reply);
      if (room === undefined) return reply;
      const found = await search([room], request.query);
      if (!(await mayRead(read, request, room, reply))) return reply;
      return isProblem(found) ? sendProblem(reply, found) : found;
    },
  );

  const session = { type: 'string' } as const;
  bus.get<{ Querystring: Query & { session: string } }>(
    '/bus/v1/search',
    {
      schema: {
        querystring: {
          type: 'object',
          properties: { ...properties, session },
          required: ['q', 'session'],
        },
      },
    },
    async (request, reply) => {
      const { session: id, ...query } = request.query;
      const found = await search(await read.roomsOf(id), query);
      return isProblem(found) ? sendProblem(reply, found) : found;
    },
  );
};
