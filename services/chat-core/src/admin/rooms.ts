import { randomUUID } from 'node:crypto';
import { isProblem, problem, RoomSettings, roomName, SomeRoomSettings } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { OPERATOR } from '../line/draft.ts';
import { type Api, Limit, RoomParams, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

const Room = Type.Object({
  room: Type.String(),
  members: Type.Integer({ description: 'People in it' }),
  seq: Type.Integer({ description: 'The number of its last event' }),
  topic: Type.Optional(Type.String()),
  ...RoomSettings.properties,
});

export const rooms = (api: Api, { read, line }: AdminParts): void => {
  api.get(
    '/v1/rooms',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.list',
        summary: 'Rooms, private ones too, the fullest first',
        querystring: Type.Object({ limit: Limit(10_000, 100) }),
        response: { 200: Type.Object({ rooms: Type.Array(Room) }), ...refusals },
      },
    },
    async (request) => {
      const rows = await read.allRooms(request.query.limit);
      return {
        rooms: rows.map(({ room, members, seq, topic, ...it }) => ({
          ...{ room, members, seq },
          ...(topic !== null && { topic }),
          ...{ visibility: it.visibility, speak: it.speak },
          ...{ keepMs: it.keepMs, keepCount: it.keepCount },
        })),
      };
    },
  );

  api.patch(
    '/v1/rooms/:room',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'rooms.set',
        summary: 'Sets a room, which is made when there is none; tells how it is set',
        params: RoomParams,
        body: SomeRoomSettings,
        response: {
          200: Type.Object({ room: Type.String(), ...RoomSettings.properties }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const room = roomName(request.params.room);
      if (isProblem(room)) return sendProblem(reply, room);
      const { visibility, speak, keepMs, keepCount } = request.body;
      const command = {
        type: 'configure',
        room,
        ...(visibility !== undefined && { visibility }),
        ...(speak !== undefined && { speak }),
        ...(keepMs !== undefined && { keepMs }),
        ...(keepCount !== undefined && { keepCount }),
      } as const;
      const envelope = { id: randomUUID(), session: OPERATOR, command };
      const [outcome] = await line.publish(OPERATOR, [envelope]);
      if (outcome?.type === 'configured') return { room: outcome.room, ...outcome.settings };
      return sendProblem(
        reply,
        outcome?.type === 'refused' ? outcome.problem : problem('internal'),
      );
    },
  );
};
