import { Type } from 'typebox';
import { type Api, Milliseconds, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

const Overview = Type.Object(
  {
    online: Type.Integer({ description: 'People online' }),
    sessions: Type.Integer({ description: 'Connections of people, and such as may yet resume' }),
    instances: Type.Integer({ description: 'Services on the bus' }),
    rooms: Type.Integer(),
    events: Type.Integer({ description: 'Events in all logs' }),
    accounts: Type.Integer(),
    startedAt: Milliseconds('When this chat-core started'),
    epoch: Type.String({ description: 'Of the log: another one means another log' }),
    retention: Type.Object(
      { roomsMs: Type.Integer(), privateMs: Type.Integer(), auditMs: Type.Integer() },
      { description: 'How long things are kept at most, in milliseconds; 0 is for ever' },
    ),
  },
  {
    examples: [
      {
        ...{ online: 12, sessions: 14, instances: 6, rooms: 3, events: 4_711, accounts: 9 },
        ...{ startedAt: 1_700_000_000_000, epoch: '0123456789abcdef' },
        retention: { roomsMs: 7_776_000_000, privateMs: 0, auditMs: 0 },
      },
    ],
  },
);

export const overview = (api: Api, { read, epoch, startedAt, retention }: AdminParts): void => {
  api.get(
    '/v1/overview',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'overview',
        summary: 'How much there is of everything',
        response: { 200: Overview, ...refusals },
      },
    },
    async () => {
      const { online, sessions, rooms, events, accounts } = await read.totals();
      const instances = (await read.instanceRows()).length;
      return { online, sessions, instances, rooms, events, accounts, startedAt, epoch, retention };
    },
  );
};
