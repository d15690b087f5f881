import { limits } from '@partyline/protocol';
import { Type } from 'typebox';
import { OPERATOR } from '../line/draft.ts';
import { type Api, RoomParams, refusals } from './api.ts';
import { Appended, appended } from './appended.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';
import { existingRoom } from './room-name.ts';

export const say = (api: Api, { perform, read }: AdminParts): void => {
  api.post(
    '/v1/rooms/:room/say',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'rooms.say',
        summary: 'Says something in a room, as operator',
        params: RoomParams,
        body: Type.Object(
          {
            text: Type.String(),
            id: Type.Optional(
              Type.String({
                ...{ minLength: 1, maxLength: limits.idCodePoints },
                description: 'The same id again is the same message, and is said once',
              }),
            ),
          },
          { examples: [{ text: 'Back in five minutes.' }] },
        ),
        response: { 200: Appended, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const room = await existingRoom(read, request.params.room);
        if (typeof room !== 'string') return room;
        const { text, id } = request.body;
        const command = { type: 'announce', room, text, nick: OPERATOR } as const;
        return { work: asOperator(command, id), answer: appended };
      }),
  );
};
