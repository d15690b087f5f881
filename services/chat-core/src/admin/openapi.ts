import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Collects the routes that are added after it into the document that `/openapi.json` serves. */
export const openapi = async (server: FastifyInstance): Promise<void> => {
  await server.register(swagger, {
    transform: ({ schema, url, route }) => {
      const { scope } = route.config ?? {};
      const needs = scope && { security: [{ token: [scope] }], 'x-scope': scope };
      return { schema: { ...schema, ...needs }, url };
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
            description: 'The value of PARTYLINE_ADMIN_TOKEN',
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
