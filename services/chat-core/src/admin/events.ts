import { Event, type EventPage, type EventQuery, limits, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, Limit, RoomParams, refusals } from './api.ts';
import type { AdminParts } from './parts.ts';
import { existingRoom } from './room-name.ts';

const Seq = Type.Integer({ minimum: 0 });

const Page = Type.Object({
  room: Type.String(),
  first: Type.Integer({ description: 'The first event that is still there; 0 in an empty room' }),
  head: Type.Integer({ description: 'The last event' }),
  next: Type.Optional(
    Type.Integer({
      description: 'Where the next page begins: give it as `after` or `before` again',
    }),
  ),
  events: Type.Array(Event),
});

/** Where the page after this one begins, in the direction of the query; undefined at the end. */
const nextOf = (query: EventQuery, { events, first, head }: EventPage): number | undefined => {
  const edge = 'after' in query ? events.at(-1) : events[0];
  if (edge === undefined) return undefined;
  const isEnd = 'after' in query ? edge.seq >= head : edge.seq <= first;
  return isEnd ? undefined : edge.seq;
};

export const events = (api: Api, { read }: AdminParts): void => {
  api.get(
    '/v1/rooms/:room/events',
    {
      schema: {
        operationId: 'events',
        summary: "A page of a room's log, oldest first; the newest one unless asked otherwise",
        params: RoomParams,
        querystring: Type.Object({
          after: Type.Optional(Seq),
          before: Type.Optional(Seq),
          limit: Limit(limits.pageEvents, 50),
        }),
        response: { 200: Page, ...refusals },
      },
    },
    async (request, reply) => {
      const room = await existingRoom(read, request.params.room, reply);
      if (room === undefined) return reply;
      const { after, before, limit } = request.query;
      if (after !== undefined && before !== undefined) {
        const reason = 'Ask for after or before, not both.';
        return sendProblem(reply, problem('request-bad', { reason }));
      }
      const query: EventQuery =
        after === undefined
          ? { before: before ?? Number.MAX_SAFE_INTEGER, limit }
          : { after, limit };
      const page = await read.page(room, query);
      const next = nextOf(query, page);
      const { first, head } = page;
      return {
        ...{ room, first, head, events: [...page.events] },
        ...(next !== undefined && { next }),
      };
    },
  );
};
