import { type EventPage, eventObject, isProblem, limits, type Problem } from '@partyline/protocol';
import type { FastifyReply } from 'fastify';
import type { Heads } from '../../line/heads.ts';
import type { Reads } from '../../line/reads.ts';
import { type Cursor, cursorText } from '../../stream/cursor.ts';
import type { StreamFormat } from '../../stream/formats.ts';
import { cursorOf, type RoomRequest, waitMsOf } from './asked.ts';

export type RoomPageParts = {
  readonly reads: Reads;
  readonly heads: Heads;
  readonly text: StreamFormat;
};

/** What of a page a client that stands at a cursor is told, and where it stands then. */
const tellAfter = ({ room, epoch, first, head, events }: EventPage, cursor: Cursor) => {
  const isOtherLog = (cursor.epoch !== undefined && cursor.epoch !== epoch) || cursor.seq > head;
  if (!isOtherLog && first <= cursor.seq + 1)
    return { events, next: cursorText(events.at(-1)?.seq ?? cursor.seq, epoch) };
  const next = isOtherLog ? head + 1 : first;
  const gap = { type: 'gap', room, from: cursor.seq + 1, next, epoch } as const;
  const told = isOtherLog ? [] : events;
  return { gap, events: told, next: cursorText(told.at(-1)?.seq ?? next - 1, epoch) };
};

/**
 * Answers with what a public room says after a cursor, or its newest events; `poll` waits for some
 * when there is nothing.
 */
export const createRoomPage =
  ({ reads, heads, text }: RoomPageParts) =>
  async (
    request: RoomRequest,
    reply: FastifyReply,
    room: string,
    how: { readonly asText: boolean; readonly poll: boolean },
  ): Promise<FastifyReply | Problem> => {
    const info = await reads.room(room);
    if (isProblem(info)) return info;
    const given = cursorOf(request, info);
    if (isProblem(given)) return given;
    const cursor = given ?? (how.poll ? { seq: info.seq } : undefined);
    const waitMs = how.poll ? waitMsOf(request) : 0;
    if (isProblem(waitMs)) return waitMs;

    if (waitMs > 0 && cursor?.seq === info.seq) {
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      const enough = AbortSignal.any([gone.signal, AbortSignal.timeout(waitMs)]);
      await heads.past(room, cursor.seq, enough);
      if (gone.signal.aborted) return reply;
    }
    const page = await reads.events(
      room,
      cursor === undefined
        ? { before: Number.MAX_SAFE_INTEGER, limit: limits.lastEvents }
        : { after: cursor.seq, limit: limits.pageEvents },
    );
    if (isProblem(page)) return page;
    const { gap, events, next } = tellAfter(page, cursor ?? { seq: page.first - 1 });

    reply.headers({
      'cache-control': 'no-store',
      vary: 'accept',
      link: `</r/${encodeURIComponent(room)}?poll=1&since=${next}>; rel="next"`,
    });
    if (how.asText) {
      const lines = [
        ...(gap === undefined ? [] : text.show(gap)),
        ...events.flatMap((event) => text.renderer.event(event)),
      ];
      return reply.type(text.contentType).send(text.renderer.encode(lines));
    }
    const { epoch, first, head } = page;
    const told = [...(gap === undefined ? [] : [gap]), ...events.map(eventObject)];
    return reply.send({ room, epoch, first, head, events: told, next });
  };
