import { createHash } from 'node:crypto';
import { type Locale, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';

const style =
  ':root{color-scheme:light dark;font:1.1rem/1.5 system-ui,sans-serif}' +
  'body{display:grid;place-content:center;min-height:100vh;margin:0 1rem;text-align:center}';
const styleHash = createHash('sha256').update(style).digest('base64');

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const texts: Record<Locale, { title: string; text: string; home: string }> = {
  en: {
    title: 'Nobody at this number',
    text: 'There is no page here.',
    home: 'To the conversation',
  },
  'zh-CN': { title: '页面不存在', text: '这里没有内容。', home: '返回聊天室' },
};

const page = (locale: Locale): string => {
  const { title, text, home } = texts[locale];
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">${home}</a></p>
</main>
</body>
</html>
`;
};

const wantsJson = ({ headers: { accept = '' } }: FastifyRequest): boolean =>
  /\bapplication\/(problem\+)?json\b/.test(accept) && !accept.includes('text/html');

/** Answers what leads nowhere: a page to people, a problem (RFC 9457) to programs that ask for JSON. */
export const notFound = (locale: Locale) => {
  const html = page(locale);
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.header('cache-control', 'no-cache').header('vary', 'accept');
    if (wantsJson(request)) {
      const [path = ''] = request.url.split('?', 1);
      return sendProblem(reply, problem('path-unknown', { path }));
    }
    return reply
      .code(404)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .send(html);
  };
};
