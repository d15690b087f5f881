import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locale } from '@partyline/protocol';
import { Eta } from 'eta';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type PageTexts, pageTexts } from './texts.ts';

/** Pages run nothing and load nothing but their own style and pictures. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const here = import.meta.dirname;
/** How pages and marked words look, the same as in the web client. */
const look = fileURLToPath(import.meta.resolve('@partyline/markup/look.css'));
const wordsStyle = fileURLToPath(import.meta.resolve('@partyline/markup/words.css'));

/** A file that pages use, at an address that changes with what it holds. */
type Asset = { readonly path: string; readonly type: string; readonly content: Buffer };

const assetOf = (file: string, type: string): Asset => {
  const content = readFileSync(file);
  const { name, ext } = parse(file);
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  return { path: `/pages/${name}-${hash}${ext}`, type, content };
};

/** What a view shows beside the frame of every page. */
export type View = {
  readonly title: string;
  /** The path of the page in the navigation. */
  readonly at?: string;
  readonly [member: string]: unknown;
};

/** The pages that are made here, from the templates in `views`; whatever is put into them is escaped. */
export interface Pages {
  readonly locale: Locale;
  readonly texts: PageTexts;
  send(reply: FastifyReply, name: string, view: View, status?: number): FastifyReply;
  /** Adds the files that pages use. */
  route(site: FastifyInstance): void;
}

export const createPages = ({
  locale,
  name,
}: {
  readonly locale: Locale;
  /** The service's name, as people see it. */
  readonly name: string;
}): Pages => {
  const eta = new Eta({ views: join(here, 'views'), cache: true, autoEscape: true });
  const texts = pageTexts[locale];
  const styles = [look, join(here, 'assets', 'pages.css'), wordsStyle].map((file) =>
    assetOf(file, 'text/css; charset=utf-8'),
  );
  const logo = assetOf(join(here, 'assets', 'logo.svg'), 'image/svg+xml');
  const assets = { styles: styles.map(({ path }) => path), logo: logo.path };
  const frame = { locale, name, texts, assets };
  const nav = [
    { href: '/', text: texts.chat },
    { href: '/about', text: texts.about },
    { href: '/guestbook', text: texts.guestbook },
  ];
  return {
    locale,
    texts,
    send: (reply, view, { at, ...content }, status = 200) =>
      reply
        .code(status)
        .type('text/html; charset=utf-8')
        .headers({
          'content-security-policy': policy,
          'cache-control': 'no-cache',
          // Without any referrer, browsers would not say either whose form they send.
          'referrer-policy': 'same-origin',
          vary: 'accept',
        })
        .send(
          eta.render(view, {
            ...frame,
            nav: nav.map((it) => ({ ...it, current: it.href === at })),
            ...content,
          }),
        ),
    route: (site) => {
      for (const { path, type, content } of [...styles, logo])
        site.get(path, (_request, reply) =>
          reply
            .type(type)
            .header('cache-control', 'public, max-age=31536000, immutable')
            .send(content),
        );
    },
  };
};
