import type { Locale } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import type { LineAddress } from '../security-headers.ts';

/** What the page is told of where it is: `GET /config.json`. */
export type PageConfig = LineAddress & {
  /** The service's name, as people see it. */
  readonly name: string;
  readonly locale: Locale;
};

export const pageConfigRoute = (site: FastifyInstance, config: PageConfig): void => {
  site.get('/config.json', (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(config),
  );
};
