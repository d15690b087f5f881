import {
  type EventPlace,
  eventQuery,
  isPairRoom,
  isProblem,
  limits,
  type Marker,
  nickKey,
  type PersonInfo,
  problem,
  roomName,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { servedIn } from '../line/serving.ts';
import { reaches } from '../people/bot.ts';
import { roomInfo } from '../store/room-info.ts';
import { mayRead } from './caller.ts';
import type { BusParts } from './parts.ts';

type Page = EventPlace & { limit: number; later?: true };
type InRoom<Q> = { Params: { room: string }; Querystring: Q };

const seq = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;

/** Rooms whose markers are asked for at once. */
const MARKED = 100;

/** Rooms told at most; a list is for people to look at. */
const ROOMS = 1_000;

/** A room's one spelling; undefined, and answered, when it is no name. */
export const roomIn = (room: string, reply: FastifyReply): string | undefined => {
  const name = isPairRoom(room) ? room : roomName(room);
  if (!isProblem(name)) return name;
  sendProblem(reply, name);
  return undefined;
};

/** What an instance reads beside its stream. */
export const readsRoute = (bus: FastifyInstance, { read, fanOut }: BusParts): void => {
  const config = { bots: ['read'] } as const;
  const session = { type: 'string', maxLength: 64, default: '' } as const;
  bus.get<{ Querystring: { session: string } }>(
    '/bus/v1/rooms',
    { config, schema: { querystring: { type: 'object', properties: { session } } } },
    async ({ grant, query }) => {
      if (grant === undefined) return { rooms: await read.rooms(ROOMS, query.session) };
      const rooms = await read.rooms(ROOMS, '');
      return { rooms: rooms.filter((it) => reaches(grant.rooms, it.room, undefined)) };
    },
  );

  bus.get<InRoom<{ session: string }>>(
    '/bus/v1/rooms/:room',
    { schema: { querystring: { type: 'object', properties: { session } } } },
    async (request, reply) => {
      const room = roomIn(request.params.room, reply);
      if (room === undefined) return reply;
      const found = isPairRoom(room) ? undefined : await read.room(room);
      const isTold =
        found?.visibility === 'public' ||
        (await read.roomsOf(request.query.session)).includes(room);
      return found !== undefined && isTold
        ? roomInfo(found)
        : sendProblem(reply, problem('room-unknown', { room }));
    },
  );

  const rooms = {
    type: 'array',
    items: { type: 'string', maxLength: 128 },
    maxItems: MARKED,
  } as const;
  bus.get<{ Querystring: { session: string; room?: string[] } }>(
    '/bus/v1/markers',
    { schema: { querystring: { type: 'object', properties: { session, room: rooms } } } },
    async ({ query }) => {
      const found = await read.markers(query.session, query.room);
      return { markers: found.map(({ room, seq, at }): Marker => ({ room, seq, at })) };
    },
  );

  const limit = { type: 'integer', minimum: 1, default: limits.pageEvents } as const;
  const page = {
    type: 'object',
    properties: {
      after: seq,
      before: seq,
      around: seq,
      at: seq,
      limit,
      later: { type: 'boolean' },
    },
  } as const;
  bus.get<InRoom<Page>>(
    '/bus/v1/rooms/:room/events',
    { config, schema: { querystring: page } },
    async (request, reply) => {
      const room = roomIn(request.params.room, reply);
      if (room === undefined) return reply;
      const query = eventQuery(request.query, request.query.limit);
      if (isProblem(query)) return sendProblem(reply, query);
      const { later } = request.query;
      const found = await read.page(room, later ? { ...query, later } : query);
      // Asked after it was read: what was said in a room that was closed meanwhile is not told.
      return (await mayRead(read, request, room, reply)) ? found : reply;
    },
  );

  const nick = {
    type: 'array',
    items: { type: 'string', maxLength: 2 * limits.nickCodePoints },
    maxItems: limits.peopleAsked,
  } as const;
  bus.get<{ Querystring: { nick: string[]; session: string } }>(
    '/bus/v1/people',
    {
      schema: {
        querystring: { type: 'object', required: ['nick'], properties: { nick, session } },
      },
    },
    async ({ query }) => {
      const keys = [...new Set(query.nick.map(nickKey))];
      const { departures, lastWords } = fanOut;
      const people = (await read.people(keys, query.session)).map(
        ({ person, isNear, info }): PersonInfo =>
          isNear && info.since !== undefined
            ? { ...info, spokeAt: lastWords.of(person, info.since) }
            : info,
      );
      const found = new Set(
        people.flatMap((it) => [it.nick, it.accountNick ?? it.nick].map(nickKey)),
      );
      const left = query.nick.flatMap((nick): PersonInfo[] => {
        const leftAt = departures.of(nickKey(nick));
        const isKnown = leftAt === undefined || found.has(nickKey(nick));
        return isKnown ? [] : [{ nick, online: false, leftAt, rooms: [] }];
      });
      return { people: [...people, ...left] };
    },
  );

  bus.get<InRoom<unknown>>('/bus/v1/rooms/:room/commands', { config }, async (request, reply) => {
    const room = roomIn(request.params.room, reply);
    if (room === undefined || !(await mayRead(read, request, room, reply))) return reply;
    const [instances, row] = await Promise.all([read.instanceRows(), read.room(room)]);
    return { commands: servedIn(instances, room, row) };
  });

  const many = { type: 'integer', minimum: 1, maximum: 10_000, default: 1_000 } as const;
  bus.get<InRoom<{ limit: number }>>(
    '/bus/v1/rooms/:room/members',
    { config, schema: { querystring: { type: 'object', properties: { limit: many } } } },
    async (request, reply) => {
      const room = roomIn(request.params.room, reply);
      if (room === undefined) return reply;
      const found = await read.members(room, request.query.limit);
      return (await mayRead(read, request, room, reply)) ? found : reply;
    },
  );
};
