import type { Locale } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import type { LineAddress } from '../line-address.ts';

/** What the page is told of where it is: `GET /config.json`. */
export type PageConfig = LineAddress & {
  /** The service's name, as people see it. */
  readonly name: string;
  readonly locale: Locale;
  /** Which files are taken. */
  readonly files: {
    /** The largest. */
    readonly bytes: number;
    /** Media types such as `image/*`; all when there are none. */
    readonly types: readonly string[];
  };
};

export const pageConfigRoute = (site: FastifyInstance, config: PageConfig): void => {
  site.get('/config.json', (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(config),
  );
};
