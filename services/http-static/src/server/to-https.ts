import type { FastifyInstance } from 'fastify';

/** What those who look after the service ask for over plain HTTP, whatever clients are told. */
const ops: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** A browser that came by HTTPS once doesn't come by HTTP any more (RFC 6797). */
const STRICT = 'max-age=31536000';

/** Sends who comes by plain HTTP to the same place by HTTPS. */
export const redirectToHttps = (site: FastifyInstance, port: number): void => {
  site.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https') {
      reply.header('strict-transport-security', STRICT);
      return;
    }
    const [path = ''] = request.url.split('?', 1);
    const to = URL.parse(`https://${request.host}`);
    if (ops.has(path) || to === null) return;
    to.port = String(port);
    return reply.redirect(to.origin + request.url, 308);
  });
};
