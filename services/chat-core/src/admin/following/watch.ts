import type { FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a line is when this is followed (`?watch=1`). */
    readonly lines?: TSchema;
  }
}

export const Watch = Type.Optional(
  Type.Enum(['1'], {
    description: 'Answers with lines (NDJSON) without an end: first what there is, then what comes',
  }),
);

/** Whether lines are asked for; a HEAD has no body to tell them in. */
export const isWatched = ({ method, query }: FastifyRequest): boolean =>
  method === 'GET' && (query as { watch?: string }).watch !== undefined;
