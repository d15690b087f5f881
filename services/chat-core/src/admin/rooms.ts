import { isProblem, RoomSettings, roomName, SomeRoomSettings } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, RoomParams, refusals } from './api.ts';
import { Next, pageOf, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';
import { RoomSet, roomSet, roomSetOf } from './room-set.ts';

const Room = Type.Object({
  room: Type.String(),
  members: Type.Integer({ description: 'People in it' }),
  seq: Type.Integer({ description: 'The number of its last event' }),
  topic: Type.Optional(Type.String()),
  ...RoomSettings.properties,
});

export const rooms = (api: Api, { read, perform }: AdminParts): void => {
  const show = roomSet(read);

  api.get(
    '/v1/rooms',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.list',
        summary: 'Rooms, private ones too, by name',
        querystring: Type.Object(pageQuery(10_000)),
        response: {
          200: Type.Object(
            { next: Next, rooms: Type.Array(Room) },
            {
              examples: [
                {
                  rooms: [
                    {
                      ...{ room: 'lobby', members: 12, seq: 4_711, topic: 'Tea at four' },
                      ...{ visibility: 'public', speak: 'everyone', keepMs: 0, keepCount: 0 },
                    },
                  ],
                },
              ],
            },
          ),
          ...refusals,
        },
      },
    },
    async ({ query: { after, limit } }) => {
      const found = await read.roomsAfter(after, limit + 1);
      const { page, ...next } = pageOf(found, limit, (it) => it.room);
      return {
        ...next,
        rooms: page.map(({ room, members, seq, topic, ...it }) => ({
          ...{ room, members, seq },
          ...(topic !== null && { topic }),
          ...{ visibility: it.visibility, speak: it.speak },
          ...{ keepMs: it.keepMs, keepCount: it.keepCount },
        })),
      };
    },
  );

  api.get(
    '/v1/rooms/:room',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.get',
        summary: 'How a room is set',
        params: RoomParams,
        response: { 200: RoomSet, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.room);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.patch(
    '/v1/rooms/:room',
    {
      config: { scope: 'admin', shows: true },
      schema: {
        operationId: 'rooms.set',
        summary: 'Sets a room, which is made when there is none; tells how it is set',
        params: RoomParams,
        body: Type.Object(SomeRoomSettings.properties, {
          examples: [{ visibility: 'private', keepMs: 2_592_000_000 }],
        }),
        response: { 200: RoomSet, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, () => {
        const room = roomName(request.params.room);
        if (isProblem(room)) return room;
        const { visibility, speak, keepMs, keepCount } = request.body;
        const work = asOperator({
          ...{ type: 'configure', room },
          ...(visibility !== undefined && { visibility }),
          ...(speak !== undefined && { speak }),
          ...(keepMs !== undefined && { keepMs }),
          ...(keepCount !== undefined && { keepCount }),
        });
        return {
          ...{ work, shown: () => show(room) },
          answer: (it) => {
            if (it.type !== 'configured') throw new Error(`a room was set, and ${it.type}`);
            return roomSetOf({ room: it.room, ...it.settings, slowMs: it.slowMs });
          },
        };
      }),
  );
};
