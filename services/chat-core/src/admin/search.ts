import { isProblem, limits, SearchPage } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { termsOf } from '../store/search/words.ts';
import { type Api, Limit, refusals } from './api.ts';
import { eventExample } from './event-example.ts';
import type { AdminParts } from './parts.ts';
import { existingRoom } from './room-name.ts';

export const search = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/search',
    {
      config: { scope: 'read', nextAs: () => 'before' },
      schema: {
        operationId: 'events.search',
        summary: 'What was said with all of some words, in all rooms or one; the newest',
        querystring: Type.Object({
          q: Type.String({ description: '`tea*` finds what begins so', examples: ['tea time'] }),
          room: Type.Optional(Type.String()),
          before: Type.Optional(
            Type.Integer({ minimum: 1, description: 'The `next` of the page after it' }),
          ),
          limit: Limit(limits.searchEvents, 20),
        }),
        response: {
          200: Type.Object(SearchPage.properties, { examples: [{ events: [eventExample] }] }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { q, room: asked, before, limit } = request.query;
      const terms = termsOf(q);
      if (isProblem(terms)) return sendProblem(reply, terms);
      const room = asked === undefined ? undefined : await existingRoom(read, asked);
      if (isProblem(room)) return sendProblem(reply, room);
      const found = await read.search({
        ...{ terms, limit },
        ...(room !== undefined && { rooms: [room] }),
        ...(before !== undefined && { before }),
      });
      return { ...found, events: [...found.events] };
    },
  );
};
