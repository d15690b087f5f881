import { isProblem, type Problem, problem, Role, roomName } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { type Static, Type } from 'typebox';
import type { Reader } from '../store/port.ts';
import { type Api, RoomParams, refusals } from './api.ts';
import { Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';

const RoleOf = Type.Object({
  person: Type.String({ description: 'An account, or the session of a guest' }),
  role: Role,
});
type RoleOf = Static<typeof RoleOf>;

/** The roles in a room as they are shown. */
export const rolesIn =
  (read: Pick<Reader, 'room' | 'moderation'>) =>
  async (asked: string): Promise<{ readonly roles: RoleOf[] } | Problem> => {
    const room = roomName(asked);
    if (isProblem(room)) return room;
    if ((await read.room(room)) === undefined) return problem('room-unknown', { room });
    const rows = await read.moderation.roles(room);
    return { roles: rows.map(({ person, role }) => ({ person, role })) };
  };

export const roles = (api: Api, { read }: AdminParts): void => {
  const show = rolesIn(read);
  api.get(
    '/v1/rooms/:room/roles',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.roles',
        summary: 'The owners and moderators of a room',
        params: RoomParams,
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, roles: Type.Array(RoleOf) },
            { examples: [{ roles: [{ person: 'a-0123456789abcdef', role: 'owner' }] }] },
          ),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.room);
      if ('code' in found) return sendProblem(reply, found);
      const { page, ...next } = pageAmong(found.roles, request.query, (it) => it.person);
      return { ...next, roles: [...page] };
    },
  );
};
