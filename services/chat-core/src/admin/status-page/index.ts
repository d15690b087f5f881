import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locale } from '@partyline/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { statusHtml } from './html.ts';

/** The page runs and loads nothing but its own files, asks nobody but its own server, and makes no HTML of texts. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const folder = join(import.meta.dirname, 'browser');

/** What the page loads, by name: how every page looks, and what is its own. */
const files = (): ReadonlyMap<string, Buffer> => {
  const own = readdirSync(folder).filter((name) => extname(name) in types);
  return new Map([
    ['look.css', readFileSync(fileURLToPath(import.meta.resolve('@partyline/markup/look.css')))],
    ...own.map((name) => [name, readFileSync(join(folder, name))] as const),
  ]);
};

const send = (reply: FastifyReply, type: string, content: string | Buffer): FastifyReply =>
  reply
    .headers({
      'content-type': type,
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    .send(content);

/**
 * `/status`, for people. There is nothing in it that needs a token: it asks for one, and sends it as
 * any client of the API does. No cookie: browsers would send it to every port of this host, and with
 * requests that other sites make.
 */
export const statusPage = (server: FastifyInstance, locale: Locale): void => {
  const html = statusHtml(locale);
  server.get('/status', (_request, reply) => send(reply, 'text/html; charset=utf-8', html));
  for (const [name, content] of files())
    server.get(`/status/${name}`, (_request, reply) =>
      send(reply, types[extname(name)] ?? '', content),
    );
};
