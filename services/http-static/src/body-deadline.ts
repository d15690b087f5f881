import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may take as long as it takes. */
    readonly endless?: boolean;
  }
}

/** Time for a whole body. */
const BODY_MS = 30_000;

/** Cuts clients whose bodies trickle in, but for files: routes that are `endless`, and forms with parts. */
export const limitBodies = (site: FastifyInstance, bodyMs = BODY_MS): void => {
  site.addHook('onRequest', async ({ raw, routeOptions }) => {
    const isForm = raw.headers['content-type']?.startsWith('multipart/form-data');
    if (raw.complete || routeOptions.config.endless || isForm) return;
    const cut = setTimeout(() => raw.destroy(), bodyMs);
    const done = (): void => clearTimeout(cut);
    raw.on('end', done).on('close', done);
  });
};
