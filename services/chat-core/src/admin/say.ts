import { randomUUID } from 'node:crypto';
import { limits, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { OPERATOR } from '../line/draft.ts';
import { type Api, Milliseconds, RoomParams, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';
import { existingRoom } from './room-name.ts';

export const say = (api: Api, { line, read }: AdminParts): void => {
  api.post(
    '/v1/rooms/:room/say',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'rooms.say',
        summary: 'Says something in a room, as operator',
        params: RoomParams,
        body: Type.Object({
          text: Type.String({ examples: ['Back in five minutes.'] }),
          id: Type.Optional(
            Type.String({
              ...{ minLength: 1, maxLength: limits.idCodePoints },
              description: 'The same id again is the same message, and is said once',
            }),
          ),
        }),
        response: {
          200: Type.Object({
            room: Type.String(),
            seq: Type.Integer(),
            at: Milliseconds('When it was said'),
          }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const room = await existingRoom(read, request.params.room, reply);
      if (room === undefined) return reply;
      const { text, id = randomUUID() } = request.body;
      const command = { type: 'announce', room, text, nick: OPERATOR } as const;
      const [outcome] = await line.publish(OPERATOR, [{ id, session: OPERATOR, command }]);
      if (outcome?.type === 'published') return { room, seq: outcome.seq, at: outcome.at };
      return sendProblem(
        reply,
        outcome?.type === 'refused' ? outcome.problem : problem('internal'),
      );
    },
  );
};
