import { isProblem, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, Milliseconds, RoomParams, refusals } from './api.ts';
import { Appended, appended } from './appended.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';
import { existingRoom } from './room-name.ts';

const Topic = Type.Object(
  {
    room: Type.String(),
    text: Type.String({ description: 'Empty: there is none' }),
    by: Type.Optional(Type.String({ description: 'The nick of whoever set it' })),
    at: Type.Optional(Milliseconds('When')),
  },
  { examples: [{ room: 'lobby', text: 'Tea at four', by: 'ann', at: 1_700_000_000_000 }] },
);

export const topic = (api: Api, { perform, read }: AdminParts): void => {
  const show = async (asked: string) => {
    const name = await existingRoom(read, asked);
    if (isProblem(name)) return name;
    const found = await read.room(name);
    if (found === undefined) return problem('room-unknown', { room: name });
    const { room, topic: text, topicBy: by, topicAt: at } = found;
    return {
      ...{ room, text: text ?? '' },
      ...(by !== null && { by }),
      ...(at !== null && { at }),
    };
  };

  api.get(
    '/v1/rooms/:room/topic',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'topic.get',
        summary: 'What a room is about, and who says so',
        params: RoomParams,
        response: { 200: Topic, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.room);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.put(
    '/v1/rooms/:room/topic',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'topic.set',
        summary: 'Sets what a room is about, as operator; an empty text clears it',
        params: RoomParams,
        body: Type.Object({ text: Type.String() }, { examples: [{ text: 'Tea at four' }] }),
        response: { 200: Appended, ...refusals },
      },
    },
    (request, reply) => {
      const { room } = request.params;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'topic', room, text: request.body.text }),
        ...{ shown: () => show(room), answer: appended },
      }));
    },
  );
};
