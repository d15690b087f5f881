import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may take as long as it takes. */
    readonly endless?: boolean;
  }
}

/** Time for a whole body. */
const BODY_MS = 30_000;

/** Cuts clients whose bodies trickle in, but for routes that are `endless`. */
export const limitBodies = (site: FastifyInstance): void => {
  site.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (raw.complete || routeOptions.config.endless) return;
    const cut = setTimeout(() => raw.destroy(), BODY_MS);
    const done = (): void => clearTimeout(cut);
    raw.on('end', done).on('close', done);
  });
};
