import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locale } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import { type ApiDocument, referenceHtml } from './html.ts';

/** The page is text with a style sheet, and can be nothing else. */
const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const headers = {
  'content-security-policy': policy,
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** `/reference`, made of the document that `/openapi.json` serves; neither needs a token. */
export const reference = (
  server: FastifyInstance,
  document: () => object,
  locale: Locale,
): void => {
  let html: string | undefined;
  server.get('/openapi.json', async () => document());
  server.get('/reference', (_request, reply) => {
    html ??= referenceHtml(document() as ApiDocument, locale);
    return reply.headers({ ...headers, 'content-type': 'text/html; charset=utf-8' }).send(html);
  });
  const sheets = {
    'look.css': fileURLToPath(import.meta.resolve('@partyline/markup/look.css')),
    'reference.css': join(import.meta.dirname, 'reference.css'),
  };
  for (const [name, file] of Object.entries(sheets)) {
    const sheet = readFileSync(file);
    server.get(`/reference/${name}`, (_request, reply) =>
      reply.headers({ ...headers, 'content-type': 'text/css; charset=utf-8' }).send(sheet),
    );
  }
};
