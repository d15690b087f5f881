import { isProblem, roomName, WatchInfo, WatchInterval, watched } from '@partyline/protocol';
import { type Static, Type } from 'typebox';
import { watchInfo } from '../line/commands/watches.ts';
import { watchKey } from '../store/watches/rows.ts';
import { type Api, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';

const Watched = {
  room: Type.String({ examples: ['ops'] }),
  name: { ...watched.name, examples: ['example.org'] },
  /** The usual ones when left out. */
  types: Type.Optional(watched.types),
};

const Watches = Type.Object(
  { next: Next, watches: Type.Array(WatchInfo) },
  {
    examples: [
      {
        watches: [
          {
            ...{ room: 'ops', name: 'example.org', types: 'A+MX', everyMs: 60_000 },
            ...{ by: 'operator', at: 1_700_000_000_000 },
          },
        ],
      },
    ],
  },
);

type Chosen = Partial<Static<typeof WatchInfo>> & {
  readonly after: string;
  readonly limit: number;
};

export const watches = (api: Api, { perform, read }: AdminParts): void => {
  const list = async ({ room, name, types, ...query }: Chosen) => {
    const canonical = room === undefined ? undefined : roomName(room);
    const all = (await read.watches.all()).filter(
      (it) =>
        (canonical === undefined || (!isProblem(canonical) && it.room === canonical)) &&
        (name === undefined || it.name === name) &&
        (types === undefined || it.types === types),
    );
    const { page, ...next } = pageAmong(all, query, (it) => watchKey(it).replaceAll('\n', ' '));
    return { ...next, watches: page.map(watchInfo) as WatchInfo[] };
  };

  api.get(
    '/v1/watches',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'watches.list',
        summary: 'Names that are watched, and what is so of each; all, or those that are asked for',
        querystring: Type.Object({
          ...pageQuery(),
          room: Type.Optional(Watched.room),
          name: Type.Optional(Watched.name),
          types: Watched.types,
        }),
        response: { 200: Watches, ...refusals },
      },
    },
    ({ query }) => list(query),
  );

  api.post(
    '/v1/watches',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'watches.make',
        summary: 'Has a room told when a name resolves to something else',
        body: Type.Object(
          { ...Watched, everyMs: Type.Optional(WatchInterval) },
          { examples: [{ room: 'ops', name: 'example.org', types: 'A+MX', everyMs: 60_000 }] },
        ),
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) => {
      const { types = '', ...it } = request.body;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'watch', types, ...it }),
        answer: () => done,
      }));
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
    (request, reply) => {
      const { types = '', ...it } = request.query;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'unwatch', types, ...it }),
        shown: () => list({ ...request.query, after: '', limit: 100 }),
        answer: () => done,
      }));
    },
  );
};
