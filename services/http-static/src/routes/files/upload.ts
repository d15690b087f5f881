import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { isProblem, limits, type Problem, problem, roomName } from '@partyline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { liked } from '../../answers/negotiation.ts';
import type { AnswerProblem } from '../../answers/problem.ts';
import type { PageTexts } from '../../pages/texts.ts';
import type { Shared, Sharing } from './sharing.ts';

/** Files in one form. */
const FORM_FILES = 10;

export type UploadParts = {
  readonly sharing: Sharing;
  readonly texts: PageTexts;
  readonly answerProblem: AnswerProblem;
};

const lengthOf = ({ headers }: FastifyRequest): number | undefined => {
  const length = headers['content-length'];
  return length === undefined ? undefined : Number(length);
};

/**
 * `PUT /r/ROOM/NAME`, as `curl -T` sends it: the body is the file. And forms of `multipart/form-data`
 * by `POST /r/ROOM`, as `curl -F` sends them: files, and a `message` that stands before them.
 */
export const createUploads = ({ sharing, texts, answerProblem }: UploadParts) => {
  /** What is left of a refused upload is not read. */
  const refuse = (request: FastifyRequest, reply: FastifyReply, it: Problem): FastifyReply => {
    if (!request.raw.complete) reply.header('connection', 'close');
    return answerProblem(request, reply, it);
  };

  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    shared: readonly Shared[],
  ): FastifyReply => {
    const [first] = shared;
    if (first === undefined)
      return refuse(request, reply, problem('request-bad', { reason: 'There is no file in it.' }));
    reply.code(201).header('location', new URL(first.file.url).pathname).header('vary', 'accept');
    if (liked(request, 'text', 'json') === 'json')
      return reply.send(shared.length === 1 ? first : shared);
    const lines = shared.map(({ file, room, nick }) => texts.shared(file.url, room, nick));
    return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  };

  return {
    put: async (
      request: FastifyRequest<{ Params: { room: string; name: string }; Body: Readable }>,
      reply: FastifyReply,
    ): Promise<FastifyReply> => {
      const room = roomName(request.params.room);
      if (isProblem(room)) return refuse(request, reply, room);
      const admitted = await sharing.admit(request, room, lengthOf(request));
      if (isProblem(admitted)) return refuse(request, reply, admitted);
      const { name } = request.params;
      const { sharer } = admitted;
      const shared = await sharing.share(request, sharer, room, request.raw, { name });
      return isProblem(shared) ? refuse(request, reply, shared) : answer(request, reply, [shared]);
    },

    form: async (
      request: FastifyRequest,
      reply: FastifyReply,
      room: string,
    ): Promise<FastifyReply | Problem> => {
      const admitted = await sharing.admit(request, room, lengthOf(request));
      if (isProblem(admitted)) return refuse(request, reply, admitted);
      const { sharer } = admitted;
      const shared: Shared[] = [];
      let caption = '';
      for await (const part of request.parts()) {
        if (part.type === 'field') {
          if (part.fieldname === 'message') caption = String(part.value);
          continue;
        }
        const { file, filename: name } = part;
        const it = await sharing.share(request, sharer, room, file, { name, caption });
        if (isProblem(it)) return refuse(request, reply, it);
        shared.push(it);
        caption = '';
      }
      return answer(request, reply, shared);
    },
  };
};
export type Uploads = ReturnType<typeof createUploads>;

/** Has a scope take forms with files, part by part. */
export const takeForms = async (scope: FastifyInstance): Promise<void> => {
  await scope.register(multipart, {
    limits: {
      fields: 10,
      fieldSize: limits.frameBytes,
      files: FORM_FILES,
      // The quota says how large files may be.
      fileSize: Number.POSITIVE_INFINITY,
    },
  });
};

/** Adds `PUT /r/ROOM/NAME`. */
export const uploadRoute = (site: FastifyInstance, uploads: Uploads): void => {
  site.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.put('/r/:room/:name', { config: { endless: true } }, uploads.put);
  });
};
