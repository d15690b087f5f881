import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import type { TSchema } from 'typebox';

/** What is answered as one document, and what as lines when it is followed. */
const withLines = (schema: FastifySchema, lines: TSchema | undefined): FastifySchema => {
  if (lines === undefined) return schema;
  const response = schema.response as Readonly<Record<string, unknown>>;
  const content = {
    'application/json': { schema: response[200] },
    'application/x-ndjson': { schema: lines },
  };
  return { ...schema, response: { ...response, 200: { description: 'A page; lines', content } } };
};

/** Collects the routes that are added after it into the document that `/openapi.json` serves. */
export const openapi = async (server: FastifyInstance): Promise<void> => {
  await server.register(swagger, {
    transform: ({ schema, url, route }) => {
      const { scope, lines } = route.config ?? {};
      const needs = scope && { security: [{ token: [scope] }], 'x-scope': scope };
      return { schema: { ...withLines(schema, lines), ...needs }, url };
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Partyline admin API',
        version: '1',
        description:
          'Everything chat-core knows, and what an operator can do. `/healthz`, `/readyz` and `/metrics` answer without a token.',
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
  server.get('/openapi.json', { config: { scope: 'read' }, schema: { hide: true } }, async () =>
    server.swagger(),
  );
};
