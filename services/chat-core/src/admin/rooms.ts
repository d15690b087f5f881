import { Type } from 'typebox';
import { type Api, Limit, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

const Room = Type.Object({
  room: Type.String(),
  members: Type.Integer({ description: 'People in it' }),
  seq: Type.Integer({ description: 'The number of its last event' }),
  topic: Type.Optional(Type.String()),
});

export const rooms = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/rooms',
    {
      schema: {
        operationId: 'rooms',
        summary: 'Rooms, the fullest first',
        querystring: Type.Object({ limit: Limit(10_000, 100) }),
        response: { 200: Type.Object({ rooms: Type.Array(Room) }), ...refusals },
      },
    },
    async (request) => ({ rooms: [...(await read.rooms(request.query.limit))] }),
  );
};
