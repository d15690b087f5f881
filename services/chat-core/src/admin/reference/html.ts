import type { Locale } from '@partyline/protocol';
import { referenceTexts } from './texts.ts';

type Media = Readonly<Record<string, { readonly example?: unknown }>>;

/** Of an operation what the reference shows. */
type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly 'x-scope': string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>;
};

/** The document that the reference is made of. */
export type ApiDocument = {
  readonly info: { readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (it) => escapes[it] ?? it);

/** A text of a summary or description, with what is marked as code. */
const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const json = (title: string, example: unknown): string =>
  example === undefined
    ? ''
    : `<h4>${escaped(title)}</h4>
<pre tabindex="0"><code>${escaped(JSON.stringify(example, null, 2))}</code></pre>`;

/** The whole API on one page, without a script. */
export const referenceHtml = ({ info, paths }: ApiDocument, locale: Locale): string => {
  const texts = referenceTexts[locale];
  const operations = Object.entries(paths).flatMap(([path, its]) =>
    Object.entries(its).map(([method, it]) => ({ path, method: method.toUpperCase(), ...it })),
  );
  const groups = Map.groupBy(operations, (it) => it.operationId.split('.')[0] ?? '');

  const parameters = ({ parameters: them = [] }: Operation): string =>
    them.length === 0
      ? ''
      : `<h4>${texts.given}</h4>
<dl>${them
          .map(
            (it) =>
              `<dt><code>${escaped(it.name)}</code>${it.required ? ' *' : ''} <small>${escaped(it.in)}</small></dt>
<dd>${prose(it.description ?? '')}</dd>`,
          )
          .join('\n')}</dl>`;

  const section = (it: (typeof operations)[number]): string => {
    const answers = it.responses['200']?.content ?? {};
    const [answer] = Object.values(answers);
    return `<article id="${escaped(it.operationId)}">
<h3><a href="#${escaped(it.operationId)}"><code>${it.method} ${escaped(it.path)}</code></a></h3>
<p>${prose(it.summary)}</p>
<p class="quiet"><code>${escaped(it.operationId)}</code> · ${texts.needs}: <code>${escaped(it['x-scope'])}</code></p>
${parameters(it)}
${json(texts.asked, it.requestBody?.content['application/json']?.example)}
${json(texts.answered, answer?.example)}
${Object.keys(answers).length > 1 ? json(texts.line, answers['application/x-ndjson']?.example) : ''}
</article>`;
  };

  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title} · Partyline</title>
<link rel="stylesheet" href="reference/look.css">
<link rel="stylesheet" href="reference/reference.css">
</head>
<body>
<header>
<h1>Partyline · ${texts.title}</h1>
<p><a href="openapi.json">${texts.document}</a> · <a href="status">${texts.status}</a></p>
</header>
<nav aria-label="${texts.title}">
<ul>${[...groups.keys()].map((it) => `<li><a href="#group-${escaped(it)}">${escaped(it)}</a></li>`).join('')}</ul>
</nav>
<main>
${(info.description ?? '')
  .split('\n\n')
  .map((it) => `<p>${prose(it)}</p>`)
  .join('\n')}
${[...groups]
  .map(
    ([name, its]) => `<section aria-labelledby="group-${escaped(name)}">
<h2 id="group-${escaped(name)}">${escaped(name)}</h2>
${its.map(section).join('\n')}
</section>`,
  )
  .join('\n')}
</main>
</body>
</html>
`;
};
