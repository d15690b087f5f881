import { Type } from 'typebox';
import { type Api, Milliseconds, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';

const Instance = Type.Object({
  instance: Type.String(),
  kind: Type.String({ examples: ['tcp-gateway'] }),
  endpoints: Type.Array(Type.String(), { description: 'Where clients reach it' }),
  commands: Type.Array(Type.String(), { description: 'The slash commands it answers' }),
  sessions: Type.Integer(),
  startedAt: Milliseconds('When it came'),
  leaseUntil: Milliseconds('When it is over unless it is heard of'),
});

export const instances = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/instances',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'instances.list',
        summary: 'The services on the bus',
        response: { 200: Type.Object({ instances: Type.Array(Instance) }), ...refusals },
      },
    },
    async () => ({
      instances: (await read.instances()).map((it) => ({
        ...it,
        endpoints: [...it.endpoints],
        commands: [...it.commands],
      })),
    }),
  );
};
