import {
  Event,
  type EventPage,
  type EventQuery,
  eventQuery,
  isProblem,
  limits,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, Limit, Milliseconds, RoomParams, refusals } from './api.ts';
import { Appended, appended } from './appended.ts';
import { eventExample } from './event-example.ts';
import { followEvents } from './following/events.ts';
import { EventLine } from './following/lines.ts';
import { isWatched, Watch } from './following/watch.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';
import { existingRoom } from './room-name.ts';

const Seq = Type.Integer({ minimum: 0 });

const Page = Type.Object({
  room: Type.String(),
  first: Type.Integer({ description: 'The first event that is still there; 0 in an empty room' }),
  head: Type.Integer({ description: 'The last event' }),
  next: Type.Optional(
    Type.Integer({
      description:
        'Where the next page begins: give it as `before` if that was asked for, else as `after`',
    }),
  ),
  events: Type.Array(Event),
});

/** Where the page after this one begins: backwards from `before`, else forwards; undefined at the end. */
const nextOf = (query: EventQuery, { events, first, head }: EventPage): number | undefined => {
  const isBackward = 'before' in query;
  const edge = isBackward ? events[0] : events.at(-1);
  if (edge === undefined) return undefined;
  const isEnd = isBackward ? edge.seq <= first : edge.seq >= head;
  return isEnd ? undefined : edge.seq;
};

export const events = (api: Api, { perform, read, epoch, bell, follow, now }: AdminParts): void => {
  api.get(
    '/v1/rooms/:room/events',
    {
      config: {
        scope: 'read',
        lines: EventLine,
        nextAs: (query) =>
          'after' in query || 'around' in query || 'at' in query ? 'after' : 'before',
      },
      schema: {
        operationId: 'events.list',
        summary: "A page of a room's log, oldest first; the newest one unless asked otherwise",
        params: RoomParams,
        querystring: Type.Object({
          after: Type.Optional(Seq),
          before: Type.Optional(Seq),
          around: Type.Optional(Seq),
          at: Type.Optional(Milliseconds('The page begins with the first event at or after it')),
          limit: Limit(limits.pageEvents, 50),
          watch: Watch,
          epoch: Type.Optional(
            Type.String({ description: 'With `watch`: of the log that `after` is of' }),
          ),
        }),
        response: {
          200: Type.Object(Page.properties, {
            examples: [{ room: 'lobby', first: 1, head: 42, events: [eventExample] }],
          }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const room = await existingRoom(read, request.params.room);
      if (isProblem(room)) return sendProblem(reply, room);
      const { after, epoch: known } = request.query;
      if (isWatched(request)) {
        const from = { room, after, epoch: known };
        return follow(reply, (signal) => followEvents({ read, epoch, bell, now }, from, signal));
      }
      const query = eventQuery(request.query, request.query.limit);
      if (isProblem(query)) return sendProblem(reply, query);
      const page = await read.page(room, query);
      const next = nextOf(query, page);
      const { first, head } = page;
      return {
        ...{ room, first, head, events: [...page.events] },
        ...(next !== undefined && { next }),
      };
    },
  );

  api.delete(
    '/v1/rooms/:room/events/:seq',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'events.delete',
        summary: 'Takes back what somebody said: its text is gone for good, that it was said stays',
        params: Type.Object({
          ...RoomParams.properties,
          seq: Type.Integer({ minimum: 1, examples: [42] }),
        }),
        response: { 200: Appended, ...refusals },
      },
    },
    (request, reply) => {
      const { room, seq } = request.params;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'delete', room, ref: seq }),
        answer: appended,
      }));
    },
  );
};
