import { Type } from 'typebox';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Next, pageAmong, pageQuery } from './paging.ts';
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

const example = {
  ...{ instance: 'tcp-gateway-4f1d', kind: 'tcp-gateway', commands: [], sessions: 12 },
  endpoints: ['text+tcp://chat.example.org:7001'],
  ...{ startedAt: 1_700_000_000_000, leaseUntil: 1_700_000_015_000 },
};

export const instances = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/instances',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'instances.list',
        summary: 'The services on the bus, by id',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, instances: Type.Array(Instance) },
            { examples: [{ instances: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query }) => {
      const { page, ...next } = pageAmong(await read.instances(), query, (it) => it.instance);
      return {
        ...next,
        instances: page.map((it) => ({
          ...it,
          endpoints: [...it.endpoints],
          commands: [...it.commands],
        })),
      };
    },
  );
};
