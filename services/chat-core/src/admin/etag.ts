import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** The strong entity tag of what is shown (RFC 9110 §8.8.3). */
export const etagOf = (shown: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)}"`;

/** Whether an If-Match or If-None-Match names a tag; `*` names every one. */
export const names = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((it) => it.trim().replace(/^W\//, '') === etag);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a change answers is what a GET of the same shows, and has its tag. */
    readonly shows?: boolean;
  }
}

/** Gives what is shown its tag, and spares it those who have it (If-None-Match → 304). */
export const tagAnswers = (api: FastifyInstance): void => {
  api.addHook('preSerialization', async (request, reply, body) => {
    const { shows } = request.routeOptions.config;
    if ((request.method === 'GET' || shows === true) && reply.statusCode === 200)
      reply.header('etag', etagOf(body));
    return body;
  });
  api.addHook('onSend', async (request, reply, body) => {
    const etag = reply.getHeader('etag');
    const known = request.headers['if-none-match'];
    if (request.method !== 'GET' || typeof etag !== 'string' || known === undefined) return body;
    if (!names(known, etag)) return body;
    reply.code(304).removeHeader('content-type');
    return '';
  });
};
