import { BanInfo, EVERYWHERE } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { banInfo } from '../line/commands/moderation.ts';
import { type Api, RoomParams, refusals } from './api.ts';
import { doAsOperator } from './deed.ts';
import { Ban, Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';
import { existingRoom } from './room-name.ts';

const Bans = Type.Object({ bans: Type.Array(BanInfo) });

export const bans = (api: Api, { line, read }: AdminParts): void => {
  const list = async (room: string) => ({
    bans: (await read.moderation.bans(room, Date.now())).map(banInfo),
  });

  api.get(
    '/v1/rooms/:room/bans',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.bans',
        summary: 'Who is kept out of a room, the newest ban first',
        params: RoomParams,
        response: { 200: Bans, ...refusals },
      },
    },
    async (request, reply) => {
      const room = await existingRoom(read, request.params.room, reply);
      return room === undefined ? reply : list(room);
    },
  );

  api.get(
    '/v1/bans',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'bans.list',
        summary: 'Who is kept off the server, the newest ban first',
        response: { 200: Bans, ...refusals },
      },
    },
    () => list(EVERYWHERE),
  );

  api.post(
    '/v1/bans',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'bans.make',
        summary: 'Keeps somebody off the server, and ends their sessions',
        body: Type.Object(Ban),
        response: { 200: Done, ...refusals },
      },
    },
    async (request, reply) => {
      const refused = await doAsOperator(line, { type: 'ban', room: EVERYWHERE, ...request.body });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );

  api.delete(
    '/v1/bans',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'bans.lift',
        summary: 'Lifts a ban of the server',
        querystring: Type.Object({ who: Ban.who }),
        response: { 200: Done, ...refusals },
      },
    },
    async (request, reply) => {
      const { who } = request.query;
      const refused = await doAsOperator(line, { type: 'unban', room: EVERYWHERE, who });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );
};
