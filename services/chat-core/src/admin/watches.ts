import { WatchInfo, WatchInterval, watched } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { watchInfo } from '../line/commands/watches.ts';
import { type Api, refusals } from './api.ts';
import { doAsOperator } from './deed.ts';
import { Done } from './moderation.ts';
import type { AdminParts } from './parts.ts';

const Watched = {
  room: Type.String({ examples: ['ops'] }),
  name: watched.name,
  /** The usual ones when left out. */
  types: Type.Optional(watched.types),
};

export const watches = (api: Api, { line, read }: AdminParts): void => {
  api.get(
    '/v1/watches',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'watches.list',
        summary: 'Names that are watched, and what is so of each',
        response: { 200: Type.Object({ watches: Type.Array(WatchInfo) }), ...refusals },
      },
    },
    async () => ({ watches: (await read.watches.all()).map(watchInfo) as WatchInfo[] }),
  );

  api.post(
    '/v1/watches',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'watches.make',
        summary: 'Has a room told when a name resolves to something else',
        body: Type.Object({ ...Watched, everyMs: Type.Optional(WatchInterval) }),
        response: { 200: Done, ...refusals },
      },
    },
    async (request, reply) => {
      const { types = '', ...it } = request.body;
      const refused = await doAsOperator(line, { type: 'watch', types, ...it });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );

  api.delete(
    '/v1/watches',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'watches.end',
        summary: 'Has a name watched no longer',
        querystring: Type.Object(Watched),
        response: { 200: Done, ...refusals },
      },
    },
    async (request, reply) => {
      const { types = '', ...it } = request.query;
      const refused = await doAsOperator(line, { type: 'unwatch', types, ...it });
      return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
    },
  );
};
