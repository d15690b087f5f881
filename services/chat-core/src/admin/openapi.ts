import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { type TSchema, Type } from 'typebox';

/** What is answered as one document, and what as lines when it is followed. */
const withLines = (schema: FastifySchema, lines: TSchema | undefined): FastifySchema => {
  if (lines === undefined) return schema;
  const response = schema.response as Readonly<Record<string, unknown>>;
  const media = (it: unknown) => {
    const { examples: [example] = [], ...rest } = it as { examples?: unknown[] };
    return { schema: rest, example };
  };
  const content = {
    'application/json': media(response[200]),
    'application/x-ndjson': media(lines),
  };
  return { ...schema, response: { ...response, 200: { description: 'A page; lines', content } } };
};

/** What has a default need not be given. */
const lenient = (schema: unknown): unknown => {
  const { required = [], properties = {} } = (schema ?? {}) as {
    required?: string[];
    properties?: Record<string, object>;
  };
  const needed = required.filter((it) => !('default' in (properties[it] ?? {})));
  return schema && { ...schema, required: needed };
};

const key = Type.String({
  description: 'Sent again with the same key, it is done once and answered the same, for a day',
  examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'],
});
const Keyed = Type.Object({ 'Idempotency-Key': Type.Optional(key) });

/** Collects the routes that are added after it into the document that `api.swagger()` gives. */
export const openapi = async (server: FastifyInstance): Promise<void> => {
  await server.register(swagger, {
    transform: ({ schema, url, route }) => {
      const { scope, lines } = route.config ?? {};
      const needs = scope && { security: [{ token: [scope] }], 'x-scope': scope };
      const query = schema.querystring !== undefined && {
        querystring: lenient(schema.querystring),
      };
      const headers = route.method === 'POST' && { headers: Keyed };
      return { schema: { ...withLines(schema, lines), ...query, ...headers, ...needs }, url };
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Partyline admin API',
        version: '1',
        description: [
          'Everything chat-core knows, and what an operator can do. `/healthz`, `/readyz` and `/metrics` answer without a token.',
          'Lists come in pages: `next`, and `Link: <…>; rel="next"`. What is shown has an `ETag`; a change with `If-Match` is done if it is still so, else 412. Errors are `application/problem+json`.',
        ].join('\n\n'),
      },
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              'The value of PARTYLINE_ADMIN_TOKEN, or a token of /v1/tokens whose scope covers what is needed: `read`, `moderate`, `admin`, each all that is before it too',
          },
        },
      },
      security: [{ token: [] }],
    },
  });
};
