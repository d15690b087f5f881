import { isProblem, type Problem } from '@partyline/protocol';
import type { FastifyReply } from 'fastify';
import type { Reads } from '../../line/reads.ts';
import type { FormatName, StreamFormat } from '../../stream/formats.ts';
import type { Streams } from '../../stream/streams.ts';
import { visitorOf } from '../../visitors/visitor.ts';
import { cursorOf, type RoomRequest } from './asked.ts';

export type RoomStreamParts = {
  readonly reads: Reads;
  readonly streams: Streams;
  readonly formats: { readonly [N in FormatName]: StreamFormat };
};

/** Streams a room from a cursor on, without an end; a problem when it doesn't begin. */
export const createRoomStream =
  ({ reads, streams, formats }: RoomStreamParts) =>
  async (
    request: RoomRequest,
    reply: FastifyReply,
    room: string,
    name: FormatName,
  ): Promise<FastifyReply | Problem> => {
    const visitor = visitorOf(request);
    if (isProblem(visitor)) return visitor;
    const info = await reads.room(room);
    // Who has a password may be let into a private room; others are not told that it is there.
    if (isProblem(info) && visitor.password === undefined) return info;
    const cursor = cursorOf(request, isProblem(info) ? undefined : info);
    if (isProblem(cursor)) return cursor;

    const format = formats[name];
    const head = {
      'content-type': format.contentType,
      'cache-control': 'no-store',
      vary: 'accept',
      // Proxies that gather answers before they pass them on are asked not to.
      'x-accel-buffering': 'no',
    };
    if (request.method === 'HEAD') return reply.headers(head).send();
    const refused = await streams.start({
      ...{ visitor, room, format, response: reply.raw },
      ...(cursor !== undefined && { cursor }),
      begin: () => {
        reply.hijack();
        const headers = { ...reply.getHeaders(), ...head } as Record<string, string>;
        reply.raw.writeHead(200, headers).flushHeaders();
      },
    });
    return refused ?? reply;
  };
