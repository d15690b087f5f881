import { Role } from '@partyline/protocol';
import { Type } from 'typebox';
import { type Api, RoomParams, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';
import { existingRoom } from './room-name.ts';

const RoleOf = Type.Object({
  person: Type.String({ description: 'An account, or the session of a guest' }),
  role: Role,
});

export const roles = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/rooms/:room/roles',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.roles',
        summary: 'The owners and moderators of a room',
        params: RoomParams,
        response: { 200: Type.Object({ roles: Type.Array(RoleOf) }), ...refusals },
      },
    },
    async (request, reply) => {
      const room = await existingRoom(read, request.params.room, reply);
      if (room === undefined) return reply;
      const rows = await read.moderation.roles(room);
      return { roles: rows.map(({ person, role }) => ({ person, role })) };
    },
  );
};
