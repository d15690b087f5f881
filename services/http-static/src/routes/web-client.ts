import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { liked } from '../answers/negotiation.ts';

/** Files in here have a hash of what they hold in their names, and so never change. */
const HASHED = 'assets';

const cacheControl = (root: string, path: string): string =>
  path.startsWith(join(root, HASHED) + sep) ? 'public, max-age=31536000, immutable' : 'no-cache';

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
  await site.register(fastifyStatic, {
    root,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    // That there is no such folder yet is told by `webClientReady`.
    suppressWarning: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', cacheControl(root, path));
    },
  });
  site.get('/', (request, reply) =>
    liked(request, 'text', 'html') === 'html'
      ? reply.header('vary', 'accept').sendFile('index.html')
      : about(request, reply),
  );
};
