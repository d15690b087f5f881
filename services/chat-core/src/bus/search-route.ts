import { isProblem, limits } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { termsOf } from '../store/search/words.ts';
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
  const search = async (rooms: readonly string[], { q, ...page }: Query, reply: FastifyReply) => {
    const terms = termsOf(q);
    return isProblem(terms) ? sendProblem(reply, terms) : read.search({ terms, rooms, ...page });
  };

  bus.get<{ Params: { room: string }; Querystring: Query }>(
    '/bus/v1/rooms/:room/search',
    { schema: { querystring: { type: 'object', properties, required: ['q'] } } },
    async (request, reply) => {
      const room = roomIn(request.params.room, reply);
      return room === undefined ? reply : search([room], request.query, reply);
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
      return search(await read.roomsOf(id), query, reply);
    },
  );
};
