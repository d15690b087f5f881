import {
  eventObject,
  isProblem,
  limits,
  type Problem,
  problem,
  roomName,
} from '@partyline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { liked } from '../../answers/negotiation.ts';
import { type AnswerProblem, pathUnknown } from '../../answers/problem.ts';
import type { Heads } from '../../line/heads.ts';
import type { Reads } from '../../line/reads.ts';
import type { Speaker } from '../../line/speaker.ts';
import type { Pages } from '../../pages/pages.ts';
import type { FormatName, StreamFormat } from '../../stream/formats.ts';
import type { Streams } from '../../stream/streams.ts';
import type { Floods } from '../../visitors/floods.ts';
import { visitorOf } from '../../visitors/visitor.ts';
import { takeForms, type Uploads } from '../files/upload.ts';
import type { RoomRequest, RoomRequestParts } from './asked.ts';
import { createRoomPage } from './page.ts';
import { postedIn, takeBytes } from './said.ts';
import { createRoomStream } from './stream.ts';
import { createTranscript } from './transcript.ts';

export type RoomParts = {
  readonly reads: Reads;
  readonly heads: Heads;
  readonly streams: Streams;
  readonly formats: { readonly [N in FormatName]: StreamFormat };
  readonly speaker: Speaker;
  readonly uploads: Uploads;
  readonly floods: Floods;
  readonly answerProblem: AnswerProblem;
  readonly pages: Pages;
};

type Post = { Params: { room: string }; Body: Buffer | undefined };

/**
 * `/r/ROOM`: curl as a wire. `GET` reads the room, as a stream or a page; `POST` says something.
 */
export const roomRoute = (site: FastifyInstance, parts: RoomParts): void => {
  const { reads, formats, speaker, uploads, floods, pages, answerProblem } = parts;
  const stream = createRoomStream(parts);
  const page = createRoomPage({ ...parts, text: formats.text });

  const transcript = createTranscript({ reads, pages, words: formats.text.renderer });

  const read = (request: RoomRequest, reply: FastifyReply, room: string) => {
    const poll = request.query.poll !== undefined;
    const medium = liked(request, 'text', 'ndjson', 'sse', 'json', 'html');
    if (medium === 'html') return transcript(request, reply, room);
    return poll || medium === 'json'
      ? page(request, reply, room, { asText: medium === 'text', poll })
      : stream(request, reply, room, medium);
  };

  const say = async (
    request: FastifyRequest<Post>,
    reply: FastifyReply,
    room: string,
  ): Promise<FastifyReply | Problem> => {
    if (request.isMultipart()) return uploads.form(request, reply, room);
    const visitor = visitorOf(request);
    if (isProblem(visitor)) return visitor;
    const flooding = floods.take(visitor.address);
    if (flooding !== undefined) return flooding;
    const posted = postedIn(request);
    if (isProblem(posted)) return posted;
    const { nick, ...said } = posted;
    const as = visitor.nick === undefined && nick !== undefined ? { ...visitor, nick } : visitor;
    const it = await speaker.say(as, { room, ...said });
    if (isProblem(it)) return it;
    reply
      .code(201)
      .header('location', `/r/${encodeURIComponent(room)}/${it.seq}`)
      .header('vary', 'accept');
    if (liked(request, 'text', 'json') === 'json') return reply.send(it);
    return reply
      .type('text/plain; charset=utf-8')
      .send(`${pages.texts.said(it.nick, room, it.seq)}\n`);
  };

  const inRoom =
    <R extends FastifyRequest<{ Params: { room: string } }>>(
      act: (request: R, reply: FastifyReply, room: string) => Promise<FastifyReply | Problem>,
    ) =>
    async (request: R, reply: FastifyReply): Promise<FastifyReply> => {
      const room = roomName(request.params.room);
      const it = isProblem(room) ? room : await act(request, reply, room);
      if (!isProblem(it) || reply.raw.destroyed) return reply;
      return answerProblem(request, reply, it);
    };

  /** One event, among its neighbours or alone. */
  const readOne = async (
    request: FastifyRequest<RoomRequestParts & { Params: { room: string; seq: string } }>,
    reply: FastifyReply,
    room: string,
  ): Promise<FastifyReply | Problem> => {
    const seq = /^[1-9]\d{0,14}$/.test(request.params.seq) ? Number(request.params.seq) : undefined;
    if (seq === undefined) return pathUnknown(request);
    const medium = liked(request, 'text', 'json', 'html');
    if (medium === 'html') return transcript(request, reply, room, seq);
    const found = await reads.events(room, { after: seq - 1, limit: 1 });
    if (isProblem(found)) return found;
    const [event] = found.events;
    if (event?.seq !== seq) return problem('event-unknown', { seq, room });
    reply.headers({ 'cache-control': 'no-cache', vary: 'accept' });
    if (medium === 'json') return reply.send(eventObject(event));
    const { renderer, contentType } = formats.text;
    return reply.type(contentType).send(renderer.encode(renderer.event(event)));
  };

  site.get('/r/:room', inRoom(read));
  site.get('/r/:room/:seq', inRoom(readOne));
  site.register(async (scope) => {
    takeBytes(scope);
    await takeForms(scope);
    scope.post<Post>('/r/:room', { bodyLimit: limits.frameBytes }, inRoom(say));
  });
};
