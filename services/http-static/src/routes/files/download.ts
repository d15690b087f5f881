import { send } from '@fastify/send';
import { problem } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import { type AnswerProblem, pathUnknown } from '../../answers/problem.ts';
import { disposition } from '../../files/file-name.ts';
import { isShown } from '../../files/media-type.ts';
import type { FileStore } from '../../files/store.ts';

/**
 * What strangers sent is shown, never run: in no origin, without scripts, forms or anything else
 * loaded. It lies on a path for which no cookie is ever set.
 */
const policy =
  "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** The content of an id never changes, but it may be gone. */
const CACHE = 'private, max-age=3600';

const digestHeader = (sha256: string): string =>
  `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;

/** `GET /f/ID/NAME`: a shared file, whole or in ranges (RFC 9110 §14), with its digest (RFC 9530). */
export const downloadRoute = (
  site: FastifyInstance,
  { files, answerProblem }: { readonly files: FileStore; readonly answerProblem: AnswerProblem },
): void => {
  site.get<{ Params: { id: string; name: string } }>('/f/:id/:name', async (request, reply) => {
    const file = await files.find(request.params.id);
    if (file === undefined || file.name !== request.params.name)
      return answerProblem(request, reply, pathUnknown(request));
    const sent = await send(request.raw, 'content', {
      root: files.folderOf(file.id),
      ...{ contentType: false, cacheControl: false, index: false, dotfiles: 'allow' },
    });
    if (sent.type !== 'file') {
      const reason = 'There is no such range in the file.';
      return answerProblem(
        request,
        reply.headers(sent.headers),
        problem('request-bad', { reason }),
        sent.statusCode,
      );
    }
    return reply
      .code(sent.statusCode)
      .headers(sent.headers)
      .headers({
        'content-type': file.type,
        'content-disposition': disposition(isShown(file.type) ? 'inline' : 'attachment', file.name),
        'content-security-policy': policy,
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': CACHE,
        'repr-digest': digestHeader(file.sha256),
      })
      .send(sent.stream);
  });
};
