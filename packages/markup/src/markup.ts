import { linkify } from './linkify.ts';

/** A stretch of a line. */
export type Inline =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'link'; readonly text: string; readonly href: string }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'strong' | 'em' | 'del'; readonly content: readonly Inline[] };

/** A part of a message, from the beginning of a line to the end of one. */
export type Block =
  | { readonly is: 'lines' | 'quote'; readonly content: readonly Inline[] }
  | { readonly is: 'code'; readonly text: string; readonly language: string };

/** Longer stretches are not marked up: looking for their ends would cost too much. */
const MOST = 400;
const until = (marker: string): string => `(?=\\S)([^\\n]{1,${MOST}}?)(?<=\\S)${marker}`;
const word = '[\\p{L}\\p{N}]';

/** Addresses come first, so that what looks like a marker in them is none. */
const marked = new RegExp(
  [
    '(https?://\\S+)',
    `(\`+)([^\\n]{1,${MOST}}?)(?<!\`)\\2(?!\`)`,
    `\\*\\*${until('\\*\\*')}`,
    `~~${until('~~')}`,
    `(?<!${word}|\\*)\\*${until('\\*')}(?!${word}|\\*)`,
    `(?<!${word}|_)_${until('_')}(?!${word}|_)`,
  ].join('|'),
  'gu',
);

/** A text on one line, in which only web addresses are marked: they can be followed. */
export const readLine = (text: string): readonly Inline[] =>
  linkify(text).map((piece) =>
    piece.href === undefined
      ? { is: 'text', text: piece.text }
      : { is: 'link', text: piece.text, href: piece.href },
  );

const inlines = (text: string): readonly Inline[] => {
  const found: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(marked)) {
    const [whole, address, , code, strong, del, star, underscore] = match;
    if (match.index > end) found.push({ is: 'text', text: text.slice(end, match.index) });
    if (address !== undefined) found.push(...readLine(address));
    else if (code !== undefined) found.push({ is: 'code', text: code });
    else if (strong !== undefined) found.push({ is: 'strong', content: inlines(strong) });
    else if (del !== undefined) found.push({ is: 'del', content: inlines(del) });
    else found.push({ is: 'em', content: inlines(star ?? underscore ?? '') });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push({ is: 'text', text: text.slice(end) });
  return found;
};

const fence = /^```([\w+#.-]{0,20})\s*$/;
const quote = /^> ?/;

/**
 * Reads the few marks that people use in chats: code in backticks, `**strong**`, `*emphasis*`,
 * `~~deleted~~`, lines quoted by `>`. Anything else is text as it is; there is no other markup.
 */
export const readMarkup = (text: string): readonly Block[] => {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  let gathered: string[] = [];
  let isQuote = false;
  const finish = (): void => {
    if (gathered.length > 0)
      blocks.push({ is: isQuote ? 'quote' : 'lines', content: inlines(gathered.join('\n')) });
    gathered = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [opening, language = ''] = fence.exec(line) ?? [];
    const close = opening === undefined ? -1 : lines.indexOf('```', at + 1);
    if (close > at + 1) {
      finish();
      blocks.push({ is: 'code', text: lines.slice(at + 1, close).join('\n'), language });
      at = close;
      continue;
    }
    if (quote.test(line) !== isQuote) {
      finish();
      isQuote = !isQuote;
    }
    gathered.push(isQuote ? line.replace(quote, '') : line);
  }
  finish();
  return blocks;
};
