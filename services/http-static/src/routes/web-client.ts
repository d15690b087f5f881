import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import send from '@fastify/send';
import fastifyStatic from '@fastify/static';
import accepts from 'accepts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { liked } from '../answers/negotiation.ts';

/** Files in here have a hash of what they hold in their names, and so never change. */
const HASHED = 'assets';

const cacheControl = (root: string, path: string): string =>
  path.startsWith(join(root, HASHED) + sep) ? 'public, max-age=31536000, immutable' : 'no-cache';

const ZSTANDARD = '.zst';

/**
 * The variant of what is asked for that those get who take zstd (RFC 8878) and not brotli, which is
 * smaller; the plugin has no word for it.
 */
const zstandardOf = (root: string, { raw, url, method }: FastifyRequest): string | undefined => {
  const encodings = accepts(raw).encodings();
  if (!encodings.includes('zstd') || encodings.includes('br')) return undefined;
  const [path = ''] = url.split('?');
  if ((method !== 'GET' && method !== 'HEAD') || !/^(?:\/[\w-][\w.-]*)+$/.test(path))
    return undefined;
  return existsSync(join(root, path + ZSTANDARD)) ? path + ZSTANDARD : undefined;
};

/** True when the web client is there, else what is missing. */
export const webClientReady = (root: string): true | string => {
  const page = join(root, 'index.html');
  return existsSync(page) || `The web client is not built: there is no ${page}.`;
};

/**
 * The browser client's files, as they were built; their compressed variants where they lie beside.
 * `about` answers those who come to `/` for text.
 */
export const webClientRoute = async (
  site: FastifyInstance,
  root: string,
  about: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): Promise<void> => {
  // The media type of scripts since RFC 9239; the table that the plugin has is older.
  site.addHook('onSend', async (_request, reply) => {
    if (String(reply.getHeader('content-type')).startsWith('application/javascript'))
      reply.type('text/javascript; charset=utf-8');
  });
  site.addHook('onRequest', async (request, reply) => {
    const file = zstandardOf(root, request);
    if (file !== undefined) return reply.sendFile(file);
  });
  await site.register(fastifyStatic, {
    root,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    // That there is no such folder yet is told by `webClientReady`.
    suppressWarning: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', cacheControl(root, path));
      if (!path.endsWith(ZSTANDARD)) return;
      reply.header('content-encoding', 'zstd');
      const type = send.mime.getType(path.slice(0, -ZSTANDARD.length)) ?? '';
      reply.type(send.isUtf8MimeType(type) ? `${type}; charset=utf-8` : type);
    },
  });
  site.get('/', (request, reply) =>
    liked(request, 'text', 'html') === 'html'
      ? reply.header('vary', 'accept').sendFile('index.html')
      : about(request, reply),
  );
};
