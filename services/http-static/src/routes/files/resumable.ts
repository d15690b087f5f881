import { isProblem, nickOfPlace, type Problem, problem, roomName } from '@partyline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AnswerProblem, pathUnknown } from '../../answers/problem.ts';
import { type FileInfo, type FileStore, UNFINISHED_MS, type Upload } from '../../files/store.ts';
import { Turns } from '../../files/turns.ts';
import type { Sharer } from '../../visitors/sharer.ts';
import { filePath } from './file-url.ts';
import { isPassing, type Sharing } from './sharing.ts';
import { unlessStalled } from './stall.ts';

/** The version of the tus protocol (https://tus.io/protocols/resumable-upload), and what of it is spoken. */
const VERSION = '1.0.0';
const EXTENSIONS = 'creation,expiration,termination';

export type ResumableParts = {
  readonly files: FileStore;
  readonly sharing: Sharing;
  readonly answerProblem: AnswerProblem;
};

const bad = (reason: string): Problem => problem('request-bad', { reason });

const lengthIn = (header: unknown): number | undefined =>
  typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;

/** `Upload-Metadata`: keys, each with a value in base64. */
const metadataIn = (header: unknown): ReadonlyMap<string, string> =>
  new Map(
    String(header ?? '')
      .split(',')
      .map((pair) => pair.trim().split(' '))
      .map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );

/**
 * `/files`: uploads that go on where they broke off, by the tus protocol. With a room in their
 * metadata they are told there once they are whole; else whoever sent them has the link to tell.
 */
export const resumableRoute = (
  site: FastifyInstance,
  { files, sharing, answerProblem }: ResumableParts,
): void => {
  const turns = new Turns();

  const begin = async (request: FastifyRequest): Promise<Upload | Problem> => {
    const bytes = lengthIn(request.headers['upload-length']);
    if (bytes === undefined) return bad('Upload-Length must say how many bytes there will be.');
    const metadata = metadataIn(request.headers['upload-metadata']);
    const asked = metadata.get('room');
    const named = asked === undefined || nickOfPlace(asked) !== undefined ? asked : roomName(asked);
    if (isProblem(named)) return named;
    const admitted = await sharing.admit(request, named, bytes);
    if (isProblem(admitted)) return admitted;
    const { sharer, room } = admitted;
    const nick = sharer.as === 'visitor' ? sharer.visitor.nick : undefined;
    return files.begin({
      ...{ name: metadata.get('filename') ?? 'file', place: sharer.place, bytes },
      ...(room !== undefined && { room }),
      ...(nick !== undefined && { nick }),
    });
  };

  /** Who an upload is told by: whoever ends it, and a guest as whoever began it. */
  const tellerOf = (request: FastifyRequest, { room, nick }: Upload): Sharer | Problem => {
    const sharer = sharing.sharerOf(request);
    if (isProblem(sharer)) return sharer;
    if (sharer.as === 'session')
      return sharer.ticket.room === room ? sharer : problem('ticket-bad');
    return nick === undefined ? sharer : { ...sharer, visitor: { nick, ...sharer.visitor } };
  };

  /** Has a room told of what is whole. What can't be told just now stays, and is told when it is asked for again. */
  const finish = async (request: FastifyRequest, upload: Upload): Promise<FileInfo | Problem> => {
    const file = await files.finish(upload);
    if (isProblem(file)) return file;
    if (upload.room !== undefined) {
      const teller = tellerOf(request, upload);
      const shared = isProblem(teller)
        ? teller
        : await sharing.tell(request, teller, upload.room, file);
      if (isProblem(shared)) {
        if (!isPassing(shared)) await files.abandon(upload);
        return shared;
      }
    }
    await files.settle(upload);
    return file;
  };

  const append = async (
    request: FastifyRequest,
    upload: Upload,
  ): Promise<{ readonly offset: number; readonly file?: FileInfo } | Problem> => {
    if (lengthIn(request.headers['upload-offset']) !== upload.offset)
      return problem('upload-elsewhere', { offset: upload.offset });
    const offset = await unlessStalled(request, () => files.append(upload, request.raw));
    if (isProblem(offset) || offset < upload.bytes) return isProblem(offset) ? offset : { offset };
    const file = await finish(request, { ...upload, offset });
    return isProblem(file) ? file : { offset, file };
  };

  site.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'tus-resumable': VERSION, 'cache-control': 'no-store' });
    });

    const refuse = (request: FastifyRequest, reply: FastifyReply, it: Problem): FastifyReply => {
      if (!request.raw.complete) reply.header('connection', 'close');
      return answerProblem(request, reply, it);
    };

    scope.options('/files', (_request, reply) =>
      reply.code(204).headers({ 'tus-version': VERSION, 'tus-extension': EXTENSIONS }).send(),
    );

    scope.post('/files', async (request, reply) => {
      const upload = await begin(request);
      if (isProblem(upload)) return refuse(request, reply, upload);
      const expires = new Date(Date.now() + UNFINISHED_MS).toUTCString();
      return reply
        .code(201)
        .headers({ location: `/files/${upload.id}`, 'upload-expires': expires })
        .send();
    });

    scope.head<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
      const { id } = request.params;
      const upload = await files.upload(id);
      const file = upload === undefined ? await files.find(id) : undefined;
      const it = upload ?? (file === undefined ? undefined : { ...file, offset: file.bytes });
      if (it === undefined) return reply.code(404).send();
      if (file !== undefined) reply.header('content-location', filePath(file));
      return reply
        .headers({ 'upload-offset': String(it.offset), 'upload-length': String(it.bytes) })
        .send();
    });

    scope.patch<{ Params: { id: string } }>(
      '/files/:id',
      { config: { endless: true } },
      async (request, reply) => {
        const { id } = request.params;
        using _turn = await turns.take(id, () => request.raw.destroy());
        const upload = await files.upload(id);
        const known = upload === undefined ? await files.find(id) : undefined;
        if (upload === undefined && known === undefined)
          return refuse(request, reply, pathUnknown(request));
        const it =
          upload === undefined
            ? { offset: known?.bytes ?? 0, file: known }
            : await append(request, upload);
        if (isProblem(it)) return refuse(request, reply, it);
        if (it.file !== undefined) reply.header('content-location', filePath(it.file));
        return reply.code(204).header('upload-offset', String(it.offset)).send();
      },
    );

    scope.delete<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
      using _turn = await turns.take(request.params.id, () => undefined);
      const upload = await files.upload(request.params.id);
      if (upload === undefined) return refuse(request, reply, pathUnknown(request));
      await files.abandon(upload);
      return reply.code(204).send();
    });
  });
};
