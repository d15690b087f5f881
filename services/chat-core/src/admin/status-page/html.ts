import type { Locale } from '@partyline/protocol';
import { pageTexts } from './texts.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (it) => escapes[it] ?? it);

/** The page without anything that a token is needed for; its scripts fill it. */
export const statusHtml = (locale: Locale): string => {
  const texts = pageTexts[locale];
  const say = (name: keyof typeof texts): string => escaped(texts[name]);
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${say('title')} · Partyline</title>
<link rel="icon" type="image/svg+xml" href="status/icon.svg">
<link rel="stylesheet" href="status/look.css">
<link rel="stylesheet" href="status/status.css">
<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>
<script type="module" src="status/main.js"></script>
</head>
<body>
<header>
<h1><img src="status/icon.svg" alt="" width="28" height="28">Partyline · ${say('title')}</h1>
<p id="state" class="state" role="status"></p>
<div id="controls" class="controls" hidden>
<button type="button" id="pause" aria-pressed="false">${say('pause')}</button>
<button type="button" id="leave">${say('leave')}</button>
</div>
</header>
<main>
<noscript><p>${say('needsScript')}</p></noscript>
<form id="door" class="door" hidden>
<label for="token">${say('token')}</label>
<input id="token" type="password" autocomplete="current-password" spellcheck="false" required aria-describedby="token-hint">
<p id="token-hint" class="quiet">${say('tokenHint')}</p>
<button type="submit">${say('enter')}</button>
</form>
<div id="board" hidden>
<section aria-labelledby="concerns-title">
<h2 id="concerns-title">${say('concerns')}</h2>
<div id="concerns" class="concerns" role="log"></div>
</section>
<section aria-labelledby="numbers-title">
<h2 id="numbers-title">${say('numbers')}</h2>
<ul id="numbers" class="numbers"></ul>
<p class="quiet">${say('deliveryIs')}</p>
</section>
<section aria-labelledby="topology-title">
<h2 id="topology-title">${say('topology')}</h2>
<p class="quiet">${say('topologyIs')}</p>
<div id="topology" class="scroll" tabindex="0" role="group" aria-labelledby="topology-title"></div>
</section>
<section aria-labelledby="slow-title">
<h2 id="slow-title">${say('slow')}</h2>
<div id="slow" class="scroll" tabindex="0" role="group" aria-labelledby="slow-title"></div>
<p class="quiet">${say('slowIs')}</p>
</section>
</div>
</main>
</body>
</html>
`;
};
